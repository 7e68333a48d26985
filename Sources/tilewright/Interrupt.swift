import Glibc
import Synchronization

/// Whether somebody asked the process to stop.
enum Interrupt {
  private static let isAsked = Atomic<Bool>(false)

  /// From now on, the first interrupt or request to terminate is noted; the second one ends the process.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.isAsked.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether there was one.
  static var wasAsked: Bool { isAsked.load(ordering: .relaxed) }
}
