/// An exhaustive search for a layout below a capacity.
///
/// Any legal layout can be lowered until each item lies at 0, at its fixed offset, or right on
/// another. So each item is at the least offset that what is placed leaves it, or else on an item
/// that is not placed yet: no lower than the lowest of those can end. The search branches on that,
/// item by item: it is placed, which puts all its unplaced neighbours above it, or it is postponed,
/// which raises its least offset. The items left in a section must fit between the least offset of
/// any of them, the section's floor, and the capacity. (What is said of offsets holds of positions
/// that count from anchors; items that reach below those may be in use below the floor.)
///
/// Which item comes next is free. Working on low floors first, and there on sections that leave
/// little choice, keeps the two branches close to what made them fail. Parts of the problem that no
/// unplaced item connects are searched on their own, so that a failure in one does not come back to
/// choices in another.
///
/// The branching is that of set times in scheduling; sections and the splitting into parts are
/// described in M. D. Moffitt, "MiniMalloc", ASPLOS 2023.
struct PackingSearch {
  enum Outcome { case fits, doesNotFit, nodeLimit }

  /// The state of an item.
  struct Item {
    /// The lowest position that is left.
    var least: Int
    /// The highest position below the capacity.
    var latest: Int
    /// Among items on one floor, the lowest rank goes first.
    var rank: Int
    /// The place in `order`.
    var place: Int
    var isPlaced = false
    /// Whether nothing that is placed holds the item up at `least`.
    var isPostponed = false
  }

  /// The state of a section.
  struct Section {
    /// The least position of any unplaced item.
    var floor = 0
    /// How many items are unplaced.
    var count = 0
    /// The room that these surely take.
    var load = 0
    /// How many unplaced items reach into both this section and the next.
    var crossings = 0
    var isTouched = false
  }

  /// Something that a choice changed, and what it was before.
  enum Change {
    case item(Int, least: Int, isPostponed: Bool)
    case floor(section: Int, Int)
  }

  let model: PackingModel
  var items: [Item] = []
  var sections: [Section] = []
  /// The items, those of each part side by side.
  var order: [Int]
  /// The items of section 0, then those of section 1, and so on.
  let members: [Int]
  let memberStarts: [Int]
  /// The items that may reach below their positions in section 0, then in section 1, and so on.
  let hangings: [(item: Int, depth: Int)]
  let hangingStarts: [Int]
  /// The highest unit that some item may end at.
  var capacity = 0
  private(set) var preference = PackingStrategy.Preference(
    floorWeight: 1, loadWeight: 0, isLate: false)
  /// What the choices of all frames changed, the latest last.
  var trail: [Change] = []
  var frames: [Frame] = []
  var parts: [Part] = []
  /// The sections whose floor is to be computed.
  var touched: [Int] = []
  /// How often each item was left in a section without room for it, in this run.
  var failures: [Int] = []
  /// How many items were placed so far, those taken back again included.
  private(set) var nodes = 0
  /// Raises cost less than nodes, but two items can raise each other in very small steps.
  static let raisesPerNode = 64
  /// How many times an item was raised because nothing held it up.
  var raises = 0
  /// The nodes, and the raises, with which a run ends without an answer.
  private(set) var nodeEnd = 0
  private(set) var raiseEnd = 0

  init(_ model: PackingModel) {
    self.model = model
    order = Array(model.items.indices)
    var members = [[Int]](repeating: [], count: model.sections.count)
    var hangings = [[(item: Int, depth: Int)]](repeating: [], count: model.sections.count)
    for (index, item) in model.items.enumerated() {
      for run in model.runs[item.runs] {
        for section in run.sections {
          members[section].append(index)
          if run.depth > 0 { hangings[section].append((index, run.depth)) }
        }
      }
    }
    memberStarts = members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    self.members = Array(members.joined())
    hangingStarts = hangings.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    self.hangings = Array(hangings.joined())
  }

  /// Looks for a layout below `capacity` bytes; after ``Outcome/fits``, ``offsets`` has it.
  mutating func run(_ strategy: PackingStrategy, capacity: Int, nodeLimit: Int) -> Outcome {
    start(strategy, capacity: capacity)
    guard items.allSatisfy({ $0.least <= $0.latest }), sections.indices.allSatisfy(fits) else {
      return .doesNotFit
    }
    nodeEnd = nodes + nodeLimit
    raiseEnd = raises + Self.raisesPerNode * nodeLimit
    var next = split(
      Part(items: items.indices, sections: sections.indices, parent: nil, next: nil))
    while let index = next {
      let part = parts[index]
      frames.append(Frame(part, mark: trail.count, partMark: parts.count))
      while true {
        let top = frames.count - 1
        let placed = advance(top)
        guard nodes <= nodeEnd, raises <= raiseEnd else { return .nodeLimit }
        if let placed {
          next = self.next(after: placed, in: top)
          break
        }
        guard let parent = frames[top].part.parent else { return .doesNotFit }
        // What other parts have placed since the parent's choice goes with that choice.
        while frames.count > parent + 1 {
          if let item = frames.removeLast().item { takeBack(item) }
        }
      }
    }
    return .fits
  }

  /// The offset of each buffer, in bytes, after a successful run.
  var offsets: [Int] {
    var offsets = model.problem.buffers.map { $0.fixedOffset ?? 0 }
    for (item, state) in zip(model.items, items) {
      offsets[item.buffer] = model.offset(of: item, at: state.least)
    }
    return offsets
  }

  private mutating func start(_ strategy: PackingStrategy, capacity: Int) {
    preference = strategy.preference
    self.capacity = 0
    trail.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    sections = [Section](repeating: Section(), count: model.sections.count)
    order = Array(model.items.indices)
    items = model.items.enumerated().map { index, item in
      Item(
        least: item.least, latest: model.latest(item, capacity: capacity),
        rank: strategy.ranks[index],
        place: index)
    }
    failures = [Int](repeating: 0, count: items.count)
    for index in items.indices {
      let item = model.items[index]
      self.capacity = max(self.capacity, items[index].latest - item.anchor + item.room)
      changeLoads(of: index, by: 1)
    }
    for section in sections.indices { sections[section].floor = leastPosition(in: section) }
  }

  /// The next choice of the frame at `top` that does not fail at once.
  ///
  /// It is `nil` if none is left, or if a limit was passed.
  private mutating func advance(_ top: Int) -> Int? {
    while nodes <= nodeEnd, raises <= raiseEnd {
      if let item = frames[top].item {
        undo(top)
        guard !frames[top].isForced, postpone(item) else { return nil }
      }
      guard let item = choose(in: frames[top].part.sections) else { return nil }
      frames[top].mark = trail.count
      nodes += 1
      frames[top].item = item
      let (fits, isAlone) = place(item)
      frames[top].isForced = isAlone
      if fits { return item }
    }
    return nil
  }

  /// The part to go on with once `item` was placed.
  private mutating func next(after item: Int, in top: Int) -> Int? {
    var part = frames[top].part
    part.parent = top
    // The item leaves the part: it becomes the last, and the part ends before it.
    let last = part.items.upperBound - 1
    swap(items[item].place, last)
    part.items = part.items.lowerBound..<last
    guard !part.items.isEmpty else { return part.next }
    let hull = model.items[item].hull
    if (hull.lowerBound..<hull.upperBound - 1).contains(where: { sections[$0].crossings == 0 }) {
      return split(part)
    }
    parts.append(part)
    return parts.count - 1
  }
}
