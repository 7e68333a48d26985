extension OrderProblem {
  /// The bytes live before the first step, then those live at each step of `order`.
  ///
  /// At a step live its scratch, every value made before and still to be read (by this step or a
  /// later one) or kept, and every value it makes; less what its overlays save.
  ///
  /// - Complexity: linear in the steps and what they read.
  public func liveBytes(of order: [Int]) throws(OrderProblemError) -> [Int] {
    try check(order)
    return liveBytes(along: order)
  }

  /// The most bytes live at a time, before the first step or at a step.
  public func peak(of order: [Int]) throws(OrderProblemError) -> Int {
    try check(order)
    return peak(along: order)
  }

  /// The most bytes live at a time in an order known to be valid.
  func peak(along order: [Int]) -> Int { liveBytes(along: order).reduce(0, max) }

  private func liveBytes(along order: [Int]) -> [Int] {
    var unread = readers.map(\.count)
    var live = 0
    for value in values where value.producer == nil { live += value.sizeInBytes }
    var bytes = [live]
    for index in values.indices where values[index].producer == nil && !livesOn(index) {
      live -= values[index].sizeInBytes
    }
    for step in order {
      for value in steps[step].inputs { unread[value] -= 1 }
      let made = results[step].reduce(0) { $0 + values[$1].sizeInBytes }
      let saved = savedBytes(at: step) { unread[$0] == 0 }
      bytes.append(live + made + steps[step].scratchInBytes - saved)
      for value in results[step] where livesOn(value) { live += values[value].sizeInBytes }
      for value in steps[step].inputs where unread[value] == 0 && !values[value].isKept {
        live -= values[value].sizeInBytes
      }
    }
    return bytes
  }

  /// Throws unless `order` names each step once, after all that it needs.
  public func check(_ order: [Int]) throws(OrderProblemError) {
    guard order.sorted() == Array(steps.indices) else {
      throw .notEachStepOnce(stepCount: steps.count, found: order)
    }
    var isDone = [Bool](repeating: false, count: steps.count)
    for step in order {
      for predecessor in predecessors(of: step) where !isDone[predecessor] {
        throw .tooEarly(step: step, predecessor: predecessor)
      }
      isDone[step] = true
    }
  }

  /// The bytes that the results of `step` share with operands that die there.
  ///
  /// A result shares no more than the sizes of those operands together, and no more than its own
  /// size less the smallest of their distances.
  func savedBytes(at step: Int, isDead: (Int) -> Bool) -> Int {
    var saved = 0
    let overlays = steps[step].overlays
    var rest = overlays[...]
    while let result = rest.first?.result {
      var (sizes, distance) = (0, Int.max)
      for overlay in rest.prefix(while: { $0.result == result }) where isDead(overlay.operand) {
        sizes += values[overlay.operand].sizeInBytes
        distance = min(distance, overlay.distance)
      }
      saved += max(0, min(sizes, values[result].sizeInBytes - distance))
      rest = rest.drop { $0.result == result }
    }
    return saved
  }
}
