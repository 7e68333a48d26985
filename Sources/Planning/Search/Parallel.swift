internal import Dispatch
internal import Synchronization

/// Work that does not depend on other work, on all processors.
enum Parallel {
  /// What `body` returns for each number from 0 on, in their order.
  static func map<Element: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Element
  ) -> [Element] {
    let results = Mutex([Element?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
