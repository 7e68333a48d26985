internal import Tensor

/// What partial sums have added so far: each history of boxes has a number, shared by all sums that
/// have it.
struct SumCoverage {
  private struct Entry: Hashable {
    let before: Int
    let added: Region
  }

  private var entries: [Entry] = []
  private var numbers: [Entry: Int] = [:]

  /// The history of a sum that has added nothing.
  static let empty = -1

  /// The number of the history `before`, followed by `added`.
  mutating func number(of before: Int, adding added: Region) -> Int {
    let entry = Entry(before: before, added: added)
    if let number = numbers[entry] { return number }
    entries.append(entry)
    numbers[entry] = entries.count - 1
    return entries.count - 1
  }

  /// The boxes of a history, the last one first.
  func boxes(of number: Int) -> [Region] {
    var boxes: [Region] = []
    var number = number
    while number != Self.empty {
      boxes.append(entries[number].added)
      number = entries[number].before
    }
    return boxes
  }

  /// Elements of an operand that a sum should have added once and has not.
  struct Faults {
    /// Added more than once.
    var twice: [[Int]] = []
    /// Never added.
    var missing: [[Int]] = []
  }

  /// Compares a history with what should have been added: the product of `coordinates`, each once.
  ///
  /// - Complexity: linear in the elements of the coordinates' bounding box and in the history.
  func faults(of number: Int, coordinates: [[Range<Int>]], bounds: Region) -> Faults {
    var faults = Faults()
    guard !bounds.isEmpty else { return faults }
    let extents = bounds.extents
    var counts = [UInt8](repeating: 0, count: bounds.count)
    func index(_ coordinate: [Int]) -> Int {
      var index = 0
      for (axis, c) in coordinate.enumerated() {
        index = index * extents[axis] + (c - bounds[axis].lowerBound)
      }
      return index
    }
    for box in boxes(of: number) {
      box.intersection(bounds).forEachRow { start in
        let first = index(start)
        let length = box.intersection(bounds).ranges.last?.count ?? 1
        for element in first..<first + length where counts[element] < 2 { counts[element] += 1 }
      }
    }
    bounds.forEachRow { start in
      var coordinate = start
      for last in bounds.ranges.last ?? 0..<1 {
        if !coordinate.isEmpty { coordinate[coordinate.count - 1] = last }
        let count = counts[index(coordinate)]
        guard count != 1,
          zip(coordinate, coordinates).allSatisfy({ c, ranges in
            ranges.contains { $0.contains(c) }
          })
        else { continue }
        if count == 0 { faults.missing.append(coordinate) } else { faults.twice.append(coordinate) }
      }
    }
    return faults
  }
}
