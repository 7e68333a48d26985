package import Tensor

/// IF: runs one of two subgraphs, as a truth value says.
///
/// Operand 0 is the truth value, the others are the operands of both subgraphs, whose results are the
/// results. Tensors on both sides have the same type but for the quantization: codes are copied.
package struct If: Operator {
  package static let builtins = [Builtin("IF", 118, options: 92)]

  /// What is run where the truth value is not 0.
  package let then: Routine
  /// What is run where it is 0.
  package let otherwise: Routine

  init(then: Routine, otherwise: Routine) {
    self.then = then
    self.otherwise = otherwise
  }

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(then: try options.routine(0), otherwise: try options.routine(1))
  }

  package var options: OptionValues {
    OptionValues([0: .routine(then), 1: .routine(otherwise)])
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    guard let condition = signature.inputs.first ?? nil, condition.type.element == .bool,
      condition.type.shape.count == 1
    else {
      throw OperatorError(
        .invalid, .operand(0), expected: "one truth value",
        found: "\(signature.inputs.first??.type.description ?? "none")")
    }
    try signature.requireRoutine(then, "then_subgraph", from: 1)
    try signature.requireRoutine(otherwise, "else_subgraph", from: 1)
  }

  package func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    then.isImplemented(by: profile) && otherwise.isImplemented(by: profile)
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    signature.wholeAccess(output: output)
  }

  /// Those of the branch that has more, for the first element of the first result.
  package func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    region.isStart(of: output) ? max(then.macs, otherwise.macs) : 0
  }

  package func microMemory(_ signature: Signature) -> MicroMemory {
    MicroMemory(
      attributes: 8, data: 8, scratch: [max(then.workspaceInBytes, otherwise.workspaceInBytes)])
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    ControlKernel(
      flow: Choice(
        then: RoutineProgram(then, profile: profile),
        otherwise: RoutineProgram(otherwise, profile: profile)),
      results: signature.outputs)
  }

  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    let chosen = inputs[0]?.values[0] == 0 ? otherwise : then
    return chosen.real(
      inputs.dropFirst().compactMap { $0 }, (1..<inputs.count).map(signature.input),
      to: signature.outputs, products: products)
  }

  /// None: what operators inside round, others amplify.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { .infinity }

  package static func random(using generator: inout SplitMix64) -> Example {
    drawn(reading: .randomForRoutines(using: &generator), using: &generator)
  }

  package static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? {
    guard type.shape.rank <= 4, type.shape.count > 0 else { return nil }
    var operands = [type]
    if Bool.random(using: &generator) { operands.append(.randomForRoutines(using: &generator)) }
    let results = (0...Int.random(in: 0...1, using: &generator)).map { _ in
      type.requantized(using: &generator)
    }
    let shape = Bool.random(using: &generator) ? Shape() : Shape(1)
    let branches = (0..<2).map { branch in
      Routine.random(
        "branch \(branch)", operands, results.map { ($0, 0) },
        nesting: Int.random(in: 0..<8, using: &generator) == 0, using: &generator)
    }
    return Example(
      If(then: branches[0], otherwise: branches[1]),
      Signature(
        inputs: ([TensorType(.bool, shape)] + operands).map { Operand($0) }, outputs: results))
  }
}

/// The one of two routines that a truth value chooses.
private struct Choice: ControlFlow {
  let then: RoutineProgram
  let otherwise: RoutineProgram

  func addParameters(to hash: inout SipHash) {
    then.routine.addParameters(to: &hash)
    otherwise.routine.addParameters(to: &hash)
  }

  func results(of operands: [RoutineValue], _ budget: inout Int) -> [RoutineValue] {
    let chosen = operands[0].isTrue ? then : otherwise
    return chosen.results(of: Array(operands.dropFirst()), &budget)
  }
}
