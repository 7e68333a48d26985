/// What `layout` shows: how low the buffers of a problem can lie.
public struct LayoutDocument: Document {
  let problem: String
  let buffers: Int
  let capacity: Int?
  let fits: Bool?
  let peakInBytes: Int
  let lowerBound: Int
  let isProved: Bool
  let searchedNodes: Int

  /// Gathers what is shown.
  ///
  /// `lowerBound` is a peak that is proved to be no layout's if it is lower; `searchedNodes` counts how often an
  /// exact search placed a buffer.
  public init(
    problem: String, buffers: Int, capacity: Int?, peakInBytes: Int, lowerBound: Int,
    searchedNodes: Int
  ) {
    self.problem = problem
    self.buffers = buffers
    self.capacity = capacity
    self.peakInBytes = peakInBytes
    self.lowerBound = lowerBound
    self.searchedNodes = searchedNodes
    isProved = peakInBytes == lowerBound
    fits = capacity.flatMap { capacity in
      peakInBytes <= capacity ? true : lowerBound > capacity ? false : nil
    }
  }

  /// The peak, the bound, and what they say.
  public var text: String {
    var lines = [
      "problem  \(problem), \(buffers.counted("buffer"))",
      "peak     \(peakInBytes.grouped) bytes"
        + (isProved ? ", proved to be the least" : " found"),
      "bound    \(lowerBound.grouped) bytes: no layout takes less",
    ]
    if searchedNodes > 0 { lines.append("search   \(searchedNodes.counted("node"))") }
    if let capacity {
      let answer =
        fits.map { $0 ? "they fit" : "they cannot fit" } ?? "not known: the search gave up"
      lines.append("capacity \(capacity.grouped) bytes: \(answer)")
    }
    return lines.joined(separator: "\n")
  }
}
