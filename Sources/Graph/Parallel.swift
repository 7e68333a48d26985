internal import Dispatch
internal import Synchronization

/// Work that does not depend on other work, on all processors.
package enum Parallel {
  /// What `body` returns for each number from 0 on, in their order; at most `limit` of them at a time.
  package static func map<Element: Sendable>(
    _ count: Int, atMost limit: Int = .max, _ body: @Sendable (Int) -> Element
  ) -> [Element] {
    precondition(limit > 0, "one at a time is the least")
    if min(count, limit) <= 1 { return (0..<count).map(body) }
    let results = Mutex([Element?](repeating: nil, count: count))
    for first in stride(from: 0, to: count, by: min(limit, max(count, 1))) {
      DispatchQueue.concurrentPerform(iterations: min(limit, count - first)) { offset in
        let result = body(first + offset)
        results.withLock { $0[first + offset] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
