package import Tensor

/// WHILE: runs a subgraph again and again, as long as another one says so.
///
/// The operands are what both subgraphs take first, the results what the last run of `body` made. Tensors
/// on both sides have the same type but for the quantization: codes are copied. A loop ends at the latest
/// when `RoutineProgram.largestRun` operators have run.
package struct While: Operator {
  package static let builtins = [Builtin("WHILE", 119, options: 93)]

  /// What says whether to go on.
  package let condition: Routine
  /// What is run.
  package let body: Routine

  init(condition: Routine, body: Routine) {
    self.condition = condition
    self.body = body
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(condition: try options.routine(0), body: try options.routine(1))
  }

  package var options: OptionValues {
    OptionValues([0: .routine(condition), 1: .routine(body)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireRoutine(condition, "cond_subgraph", isCondition: true)
    try signature.requireRoutine(body, "body_subgraph")
    guard signature.outputs.count == signature.inputs.count else {
      throw OperatorError(
        .invalid, .operands, expected: "as many results as operands",
        found: "\(signature.outputs.count)")
    }
    for (index, output) in signature.outputs.enumerated() {
      let input = signature.input(index)
      guard output.element == input.element, output.shape == input.shape else {
        throw OperatorError(.invalid, .output(index), expected: "\(input)", found: "\(output)")
      }
    }
  }

  /// LiteRT writes the results of a turn one by one over the operands of that turn: a body must not give an
  /// operand in a place behind its own.
  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    let isMovedBack = body.outputs.enumerated().contains { place, tensor in
      body.inputs.prefix(place).contains(tensor) && body.inputs[place] != tensor
    }
    return !(profile == .litert && isMovedBack) && condition.isImplemented(by: profile)
      && body.isImplemented(by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    signature.wholeAccess(output: output)
  }

  /// Those of one turn, for the first element of the first result: how many turns there are is not known.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    region.isStart(of: output) ? condition.macs + body.macs : 0
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 8, data: 8, scratch: [max(condition.workspaceInBytes, body.workspaceInBytes)])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    ControlKernel(
      flow: Loop(
        condition: RoutineProgram(condition, profile: profile),
        body: RoutineProgram(body, profile: profile)),
      results: signature.outputs)
  }

  /// A loop of more than `Routine.largestRealRun` operators ends earlier than that of numbers.
  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    var values = inputs.compactMap { $0 }
    var types = inputs.indices.map(signature.input)
    let truth = condition.outputs.map { condition.tensors[$0].operand.type }
    var budget = Routine.largestRealRun
    while budget > 0,
      condition.real(values, types, to: truth, products: products)[0].values[0] != 0
    {
      budget -= 1 + condition.nodes.count + body.nodes.count
      values = body.real(values, types, to: signature.outputs, products: products)
      types = signature.outputs
    }
    return zip(zip(values, types), signature.outputs).map { $0.0.recoded(from: $0.1, to: $1) }
  }

  /// None: what operators inside round, others amplify.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { .infinity }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: .randomForRoutines(using: &generator), using: &generator)
  }

  /// A loop over a row of truth values, which goes on while the first one is true and moves them all one
  /// place to the front: it ends on any operands.
  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 4, type.shape.count > 0 else { return nil }
    let flags = TensorType(.bool, Shape(Int.random(in: 2...4, using: &generator)))
    var operands = [flags, type]
    if Bool.random(using: &generator) { operands.append(.randomForRoutines(using: &generator)) }
    var condition = RoutineDraft("condition", operands)
    let first = condition.slice(
      0, 0..<1, isDropped: Bool.random(using: &generator))
    var body = RoutineDraft("body", operands)
    let rest = body.slice(0, 1..<flags.shape[0])
    let last = body.add(
      Operand(TensorType(.bool, Shape(1)), constant: Bytes(copying: [0 as UInt8])))
    let moved = body.append(Concatenation(axis: 0), [rest, last], flags)
    let results = operands.indices.dropFirst().map { index in
      body.append(
        steps: Int.random(in: 0...2, using: &generator), from: index, to: operands[index],
        nesting: Int.random(in: 0..<8, using: &generator) == 0, using: &generator)
    }
    return Example(
      While(
        condition: condition.routine(outputs: [first]),
        body: body.routine(outputs: [moved] + results)),
      Signature(inputs: operands.map { Operand($0) }, outputs: operands))
  }
}

/// A routine that is run as long as another one says so.
private struct Loop: ControlFlow {
  let condition: RoutineProgram
  let body: RoutineProgram

  func addParameters(to hash: inout SipHash) {
    condition.routine.addParameters(to: &hash)
    body.routine.addParameters(to: &hash)
  }

  func results(of operands: [RoutineValue], _ budget: inout Int) -> [RoutineValue] {
    var values = operands
    while budget > 0, condition.results(of: values, &budget)[0].isTrue {
      // A turn of no operators counts as well.
      budget -= 1
      values = body.results(of: values, &budget)
    }
    return values
  }
}
