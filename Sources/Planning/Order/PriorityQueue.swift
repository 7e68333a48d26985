/// A binary heap that hands out its least element first.
struct PriorityQueue<Element: Comparable> {
  /// What it holds, in no particular order.
  private(set) var elements: [Element] = []

  /// A heap of `elements`.
  init(_ elements: [Element] = []) {
    for element in elements { push(element) }
  }

  /// Adds an element.
  ///
  /// - Complexity: logarithmic in the number of elements.
  mutating func push(_ element: Element) {
    var index = elements.count
    elements.append(element)
    while index > 0, elements[index] < elements[(index - 1) / 2] {
      elements.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  /// Takes the least element out; `nil` where there is none.
  ///
  /// - Complexity: logarithmic in the number of elements.
  mutating func popLeast() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let least = elements.first else { return last }
    elements[0] = last
    var index = 0
    while true {
      let children = (2 * index + 1..<2 * index + 3).clamped(to: 0..<elements.count)
      guard let child = children.min(by: { elements[$0] < elements[$1] }),
        elements[child] < elements[index]
      else { return least }
      elements.swapAt(index, child)
      index = child
    }
  }
}
