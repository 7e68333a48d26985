extension OrderProblem {
  /// The steps of `last` that are not in `first`, as a problem of its own.
  ///
  /// Both are sets that hold all that their steps need, `first` inside `last`. What is live when
  /// exactly `first` is done is there before the part's first step; what is read after `last` is
  /// kept. So a step of the part needs the same memory as in the whole problem.
  ///
  /// - Returns: The part, and which steps of this problem its steps are, in ascending order.
  func part(after first: StepSet, upTo last: StepSet) -> (problem: OrderProblem, steps: [Int]) {
    let inside = Array(last.subtracting(first))
    var position = [Int](repeating: -1, count: steps.count)
    for (index, step) in inside.enumerated() { position[step] = index }
    var number = [Int](repeating: -1, count: values.count)
    var partValues: [Value] = []
    var passing = 0
    for (index, value) in values.enumerated() {
      let producer = value.producer.map { position[$0] }
      let isThere = value.producer.map { first.contains($0) } ?? true
      guard isThere || producer ?? -1 >= 0 else { continue }
      let isReadInside = readers[index].contains { position[$0] >= 0 }
      let isReadLater = readers[index].contains { !last.contains($0) }
      let isKept = value.isKept || isReadLater
      if isThere && !isReadInside {
        if isKept { passing += value.sizeInBytes }
        continue
      }
      number[index] = partValues.count
      partValues.append(
        Value(
          sizeInBytes: value.sizeInBytes, producer: isThere ? nil : producer, isKept: isKept))
    }
    if passing > 0 {
      partValues.append(Value(sizeInBytes: passing, producer: nil, isKept: true))
    }
    let partSteps = inside.map { step in
      var step = steps[step]
      step.inputs = step.inputs.map { number[$0] }
      step.after = step.after.map { position[$0] }.filter { $0 >= 0 }
      step.overlays = step.overlays.map {
        Overlay(
          result: number[$0.result], operand: number[$0.operand], distance: $0.distance)
      }
      return step
    }
    return (OrderProblem(valid: partValues, partSteps), inside)
  }

  /// Whether every saving is a largest of sums over the operands that die.
  ///
  /// A result of size `r` on dying operands of sizes `o` and distances `d` adds
  /// `max(r - sum(o), min(d))` bytes. If the distance in it never depends on *which* operands die,
  /// because it is the smallest one or because the first term is larger, then the memory of a step
  /// is a largest of finitely many functions that are submodular in the set of done steps, and
  /// orders may be split and reversed as `OrderSearch` does it.
  var savesEvenly: Bool {
    steps.allSatisfy { step in
      step.overlays.allSatisfy { overlay in
        let size = values[overlay.result].sizeInBytes
        let rivals = step.overlays.filter { $0.result == overlay.result }
        let distance = min(overlay.distance, size)
        if rivals.allSatisfy({ $0.distance >= distance }) { return true }
        let above = rivals.filter { $0.distance >= distance }
        return size - above.reduce(0) { $0 + values[$1.operand].sizeInBytes } >= distance
      }
    }
  }
}
