extension PackingSearch {
  /// Unplaced items that no others connect, to be placed one after the other.
  struct Part {
    /// A range of `order`.
    var items: Range<Int>
    var sections: Range<Int>
    /// The frame whose choice made this part; `nil` at the start.
    var parent: Int?
    /// The part to go on with once this one is done.
    var next: Int?
  }

  /// A choice: an item of a part, placed or postponed.
  struct Frame {
    let part: Part
    /// The item that is placed, if one is.
    var item: Int?
    /// Whether the item has no unplaced neighbour, so that there is no other choice.
    var isForced = false
    /// How long the trail was before the item was placed.
    var mark: Int
    /// How many parts there were.
    let partMark: Int

    init(_ part: Part, mark: Int, partMark: Int) {
      self.part = part
      self.mark = mark
      self.partMark = partMark
    }
  }

  /// Adds the parts that `part` falls into where no unplaced item crosses; the first of them.
  mutating func split(_ part: Part) -> Int? {
    var next = part.next
    var rest = part.items
    var start = part.sections.lowerBound
    for section in part.sections
    where section == part.sections.upperBound - 1 || sections[section].crossings == 0 {
      var end = rest.lowerBound
      for place in rest where model.items[order[place]].hull.upperBound <= section + 1 {
        swap(place, end)
        end += 1
      }
      if end > rest.lowerBound {
        parts.append(
          Part(
            items: rest.lowerBound..<end, sections: start..<section + 1, parent: part.parent,
            next: next))
        next = parts.count - 1
      }
      rest = end..<rest.upperBound
      start = section + 1
    }
    return next
  }

  /// Exchanges two places of `order`.
  mutating func swap(_ a: Int, _ b: Int) {
    order.swapAt(a, b)
    items[order[a]].place = a
    items[order[b]].place = b
  }

  /// Takes back the choice of the frame at `top` and all that followed from it.
  mutating func undo(_ top: Int) {
    if let item = frames[top].item { takeBack(item) }
    frames[top].item = nil
    while trail.count > frames[top].mark, let change = trail.popLast() {
      switch change {
      case .item(let item, let least, let isPostponed):
        items[item].least = least
        items[item].isPostponed = isPostponed
      case .floor(let section, let floor): sections[section].floor = floor
      }
    }
    parts.removeLast(parts.count - frames[top].partMark)
  }

  /// Makes a placed item unplaced.
  mutating func takeBack(_ item: Int) {
    items[item].isPlaced = false
    changeLoads(of: item, by: 1)
  }
}
