extension OrderProblem {
  /// Throws unless all indices exist and all sizes, and their sum, are in range.
  static func check(_ values: [Value], _ steps: [Step]) throws(OrderProblemError) {
    var total = 0
    func add(_ size: Int, at place: OrderProblemError.Place) throws(OrderProblemError) {
      guard size >= 0 else { throw .negative(place, found: size) }
      let (sum, overflow) = total.addingReportingOverflow(size)
      guard !overflow else { throw .tooLarge }
      total = sum
    }
    for (index, value) in values.enumerated() {
      try add(value.sizeInBytes, at: .value(index))
      if let producer = value.producer, !steps.indices.contains(producer) {
        throw .badProducer(value: index, found: producer, stepCount: steps.count)
      }
    }
    for (index, step) in steps.enumerated() {
      try add(step.scratchInBytes, at: .scratch(step: index))
      for value in step.inputs where !values.indices.contains(value) {
        throw .badInput(step: index, found: value, valueCount: values.count)
      }
      for other in step.after where !steps.indices.contains(other) {
        throw .badAfter(step: index, found: other, stepCount: steps.count)
      }
      for overlay in step.overlays {
        guard values.indices.contains(overlay.result),
          values[overlay.result].producer == index
        else { throw .overlayOfOtherResult(step: index, found: overlay.result) }
        guard step.inputs.contains(overlay.operand) else {
          throw .overlayOnOtherOperand(step: index, found: overlay.operand)
        }
        guard overlay.distance >= 0 else {
          throw .negative(.distance(step: index), found: overlay.distance)
        }
      }
    }
  }

  /// Whether `order` is the only one: each step needs the one before it.
  func hasNoOrder(but order: [Int]) -> Bool {
    zip(order, order.dropFirst()).allSatisfy { predecessors(of: $1).contains($0) }
  }

  /// Steps that each have to come before the next, the last before the first; `nil` where an
  /// order exists.
  ///
  /// - Complexity: linear in the steps and what they read.
  var firstCycle: [Int]? {
    let predecessors = steps.indices.map { self.predecessors(of: $0) }
    var successors = [[Int]](repeating: [], count: steps.count)
    var waits = predecessors.map(\.count)
    for (step, before) in predecessors.enumerated() {
      for other in before { successors[other].append(step) }
    }
    var ready = steps.indices.filter { waits[$0] == 0 }
    while let step = ready.popLast() {
      for next in successors[step] {
        waits[next] -= 1
        if waits[next] == 0 { ready.append(next) }
      }
    }
    guard var step = waits.firstIndex(where: { $0 > 0 }) else { return nil }
    // Whoever waits, waits for someone who waits: going back has to meet a step again.
    var walk: [Int] = []
    var isMet = [Bool](repeating: false, count: steps.count)
    while !isMet[step] {
      isMet[step] = true
      walk.append(step)
      guard let before = predecessors[step].first(where: { waits[$0] > 0 }) else { return nil }
      step = before
    }
    return walk.drop { $0 != step }.reversed()
  }
}
