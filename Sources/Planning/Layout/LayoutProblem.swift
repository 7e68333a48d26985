/// Buffers to be given addresses so that no two that are live at one time overlap.
public struct LayoutProblem: Hashable, Sendable {
  public struct Buffer: Hashable, Sendable {
    public var sizeInBytes: Int
    public var lifespans: [Range<Int>]
    public var fixedOffset: Int?
    public init(sizeInBytes: Int, lifespans: [Range<Int>], fixedOffset: Int? = nil) {
      self.sizeInBytes = sizeInBytes
      self.lifespans = lifespans
      self.fixedOffset = fixedOffset
    }
  }
  public struct Spacing: Hashable, Sendable {
    public var below: Int
    public var above: Int
    public var distance: Int
    public init(below: Int, above: Int, distance: Int) {
      self.below = below
      self.above = above
      self.distance = distance
    }
  }
  public var buffers: [Buffer]
  public var spacings: [Spacing]
  public var alignment: Int
  public init(buffers: [Buffer], spacings: [Spacing], alignment: Int) {
    self.buffers = buffers
    self.spacings = spacings
    self.alignment = alignment
  }
}
public struct Layout { public var offsets: [Int] }
public struct LayoutSolver {
  var nodeLimit: Int
  public init(nodeLimit: Int) { self.nodeLimit = nodeLimit }
  public func least(_ p: LayoutProblem) -> Layout {
    let n = p.buffers.count
    var best: [Int] = []
    var bestPeak = Int.max
    for key in 0..<3 {
      let order = (0..<n).sorted { a, b in
        func k(_ i: Int) -> Int {
          let d = p.buffers[i].lifespans.reduce(0) { $0 + $1.count }
          return key == 0 ? p.buffers[i].sizeInBytes : key == 1 ? d * p.buffers[i].sizeInBytes : d
        }
        return (k(b), a) < (k(a), b)
      }
      var off = [Int](repeating: 0, count: n)
      var placed: [Int] = []
      for i in order {
        var forbidden: [(Int, Int)] = []
        for j in placed
        where p.buffers[i].lifespans.contains(where: { a in
          p.buffers[j].lifespans.contains { $0.overlaps(a) }
        }) {
          func sep(_ b: Int, _ a: Int) -> Int {
            p.spacings.first { $0.below == b && $0.above == a }?.distance
              ?? p.buffers[b].sizeInBytes
          }
          forbidden.append((off[j] - sep(i, j), off[j] + sep(j, i)))
        }
        var o = 0
        for (lo, hi) in forbidden.sorted(by: { $0.0 < $1.0 }) where lo < o && o < hi {
          o = (hi + p.alignment - 1) / p.alignment * p.alignment
        }
        off[i] = o
        placed.append(i)
      }
      let peak = (0..<n).map { off[$0] + p.buffers[$0].sizeInBytes }.max() ?? 0
      if peak < bestPeak { (best, bestPeak) = (off, peak) }
    }
    return Layout(offsets: best)
  }
}
extension LayoutProblem {
  func overlapInTime(_ a: Int, _ b: Int) -> Bool {
    buffers[a].lifespans.contains { x in buffers[b].lifespans.contains { $0.overlaps(x) } }
  }
  var lowerBound: Int { 0 }
}
