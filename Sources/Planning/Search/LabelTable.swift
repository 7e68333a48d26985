internal import Graph

/// The labels at every place between operators.
struct LabelTable {
  private struct Entry {
    var labels: [SearchLabel] = []
    /// The groups that end here.
    var candidates: [(first: Int, candidate: GroupCandidate)] = []
  }

  private let enumeration: GroupEnumeration
  private let options: SearchOptions
  private var entries: [Entry]
  private let graphMACs: Int
  /// The multiply-accumulates that cannot be saved after each place.
  private let remaining: [Int]
  private let largestMACs: Int
  /// The peak of the network without groups.
  private let largestPeak: Int
  /// Whether no label was dropped.
  private(set) var isComplete = true
  /// How many groups were weighed.
  private(set) var weighed = 0

  /// How many pairs of a label and a candidate are combined before candidates are thinned out.
  private static let pairLimit = 20_000

  init(_ graph: Graph, _ options: SearchOptions, untiledPeak: Int) {
    largestPeak = untiledPeak
    graphMACs = graph.macs
    isComplete = graph.nodes.count <= GroupEnumeration.longestGroup
    self.options = options
    enumeration = GroupEnumeration(graph, options)
    entries = [Entry](repeating: Entry(), count: graph.nodes.count + 1)
    entries[0].labels = [
      SearchLabel(peak: 0, macs: 0, load: 0, complexity: 0, parent: (-1, 0), candidate: 0)
    ]
    var remaining = [0]
    for macs in enumeration.table.neededMACs.reversed() {
      remaining.append(remaining[remaining.count - 1] + macs)
    }
    self.remaining = remaining.reversed()
    let macs = graph.macs
    largestMACs = options.largestMACs(of: macs)
  }

  /// Groups of consecutive operators from one place on.
  struct Weighing: Sendable {
    fileprivate let place: Int
    fileprivate var groups: [(end: Int, candidates: [GroupCandidate], beside: Int)] = []
  }

  /// Weighs the groups that start at `place`.
  func weigh(from place: Int) -> Weighing {
    var weighing = Weighing(place: place)
    for end in place + 1..<min(entries.count, place + GroupEnumeration.longestGroup + 1) {
      let beside = enumeration.table.roomBeside(place..<end)
      let candidates = enumeration.candidates(place..<end)
      weighing.groups.append((end, candidates, beside))
      if !enumeration.canBeInside(end - 1) { break }
    }
    return weighing
  }

  /// Continues all labels at a place by groups that start there.
  mutating func extend(by weighing: Weighing) {
    let place = weighing.place
    let (labels, isComplete) = entries[place].labels.best(options.labelLimit)
    entries[place].labels = labels
    self.isComplete = self.isComplete && isComplete
    for (end, all, beside) in weighing.groups {
      var candidates = all
      weighed += all.count
      if labels.count * candidates.count > Self.pairLimit / entries.count {
        // A group that needs as much as the network without groups serves nobody.
        let best = candidates.undominated.filter {
          $0.group == nil || $0.cost.room + beside < largestPeak + options.planning.alignment
        }
        self.isComplete = self.isComplete && best.count == candidates.count
        candidates = best
      }
      for candidate in candidates {
        entries[end].candidates.append((place, candidate))
        let cost = candidate.cost
        for (index, label) in labels.enumerated() {
          let macs = label.macs + cost.macs
          guard macs + remaining[end] <= largestMACs else { continue }
          entries[end].labels.append(
            SearchLabel(
              peak: max(label.peak, cost.room + beside), macs: macs,
              load: label.load + (end - place) * (cost.room + beside),
              complexity: label.complexity + candidate.complexity, parent: (place, index),
              candidate: entries[end].candidates.count - 1))
        }
      }
      if entries[end].labels.count > 8 * options.labelLimit {
        let (labels, isComplete) = entries[end].labels.best(options.labelLimit)
        entries[end].labels = labels
        self.isComplete = self.isComplete && isComplete
      }
    }
  }

  /// The labels of the whole network.
  mutating func finalists() -> Finalists {
    let (labels, isComplete) = entries[entries.count - 1].labels.best(options.labelLimit)
    entries[entries.count - 1].labels = labels
    self.isComplete = self.isComplete && isComplete
    return Finalists(labels, plainMACs: graphMACs, leastDrop: largestPeak / 256)
  }

  /// The groups of a label.
  func groups(of label: SearchLabel) -> [FusedGroup] {
    var groups: [FusedGroup] = []
    var (label, place) = (label, entries.count - 1)
    while label.parent.place >= 0 {
      if let group = entries[place].candidates[label.candidate].candidate.group {
        groups.append(group)
      }
      (label, place) = (entries[label.parent.place].labels[label.parent.index], label.parent.place)
    }
    return groups.reversed()
  }
}
