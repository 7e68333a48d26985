import Glibc

/// The processors of this machine.
enum Processors {
  /// How many of them this process may use.
  static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
