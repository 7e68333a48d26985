internal import Graph
internal import Synchronization
internal import Tensor
internal import TiledExec

/// What a network makes of samples, worked out when it is first asked for.
final class ExpectedOutputs: Sendable {
  /// The inputs.
  let samples: [Sample]
  /// The network.
  let reference: NetworkExecutor
  /// The most runs, of the network or of a plan of it, at a time.
  let width: Int
  private let known: Mutex<[[Bytes]?]>

  init(_ reference: NetworkExecutor, of samples: [Sample], atMost width: Int = .max) {
    self.reference = reference
    self.width = width
    self.samples = samples
    known = Mutex([[Bytes]?](repeating: nil, count: samples.count))
  }

  /// The outputs on some of the samples, of which at most `width` are run at a time.
  ///
  /// - Throws: an input that is not the network's.
  func outputs(_ wanted: Range<Int>, atMost width: Int) throws -> [[Bytes]] {
    let missing = known.withLock { known in wanted.filter { known[$0] == nil } }
    let found = Parallel.map(missing.count, atMost: width) { index in
      Result { () throws(ExecutionError) in
        try reference.run(samples[missing[index]].inputs)
      }
    }
    for (index, outputs) in zip(missing, found) {
      let outputs = try outputs.get()
      known.withLock { $0[index] = outputs }
    }
    return known.withLock { known in wanted.compactMap { known[$0] } }
  }
}
