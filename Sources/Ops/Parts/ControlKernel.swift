internal import Tensor

/// What an operator computes by running routines.
protocol ControlFlow: Parameterized {
  /// All results, from operands that hold whole tensors; every operator that is run takes one from
  /// `budget`, and no loop goes on when nothing is left of it.
  func results(of operands: [RoutineValue], _ budget: inout Int) -> [RoutineValue]
}

/// Runs routines on numbers: each result is a function of all operands.
///
/// On fingerprints that function is one uninterpreted step, whatever the routines contain.
struct ControlKernel: ElementKernel {
  let flow: any ControlFlow
  /// The types of the results.
  let results: [TensorType]

  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let type = results[call.output]
    func apply<Element: Stored>(_ element: Element.Type) {
      arithmetic.apply(
        ControlResult<Element>(flow: flow, index: call.output, shape: type.shape),
        call.inputs.indices.map { call.input($0) }, to: output, in: call.region)
    }
    switch type.element.sizeInBytes {
    case 1: apply(Int8.self)
    case 2: apply(Int16.self)
    case 4: apply(Int32.self)
    default: apply(Int64.self)
    }
  }
}

/// One result of routines, as elements of its width.
private struct ControlResult<Output: Stored>: TensorFunction {
  let flow: any ControlFlow
  /// Which result.
  let index: Int
  let shape: Shape

  func addParameters(to hash: inout SipHash) {
    hash.add(UInt64(index))
    flow.addParameters(to: &hash)
  }

  func callAsFunction(_ operands: [TensorView]) -> [Output] {
    var budget = RoutineProgram.largestRun
    let result = flow.results(of: operands.map { RoutineValue($0) }, &budget)[index]
    return result.view.elements(of: Output.self)
  }
}

extension Signature {
  /// Throws unless `routine` takes operands from `first` on, and makes the results; of a condition,
  /// unless it makes one truth value.
  ///
  /// Quantization is not compared: the reference implementations copy codes.
  func requireRoutine(
    _ routine: Routine, _ name: String, from first: Int = 0, isCondition: Bool = false
  ) throws(OperatorError) {
    guard inputs.count == routine.inputs.count + first, !inputs.contains(nil) else {
      throw OperatorError(
        .invalid, .operands, expected: "\(routine.inputs.count + first) operands, as \(name) takes",
        found: "\(inputs.count { $0 != nil })")
    }
    for (place, tensor) in routine.inputs.enumerated() {
      try require(input(first + place), routine.tensors[tensor], .operand(first + place), name)
    }
    if isCondition {
      guard routine.outputs.count == 1,
        routine.tensors[routine.outputs[0]].operand.type.isTruthValue
      else {
        throw OperatorError(
          .invalid, .attribute(name), expected: "one result of bool[1]",
          found: "\(routine.outputs.map { routine.tensors[$0].operand.type })")
      }
    } else {
      guard outputs.count == routine.outputs.count else {
        throw OperatorError(
          .invalid, .operands, expected: "\(routine.outputs.count) results, as \(name) makes",
          found: "\(outputs.count)")
      }
      for (place, tensor) in routine.outputs.enumerated() {
        try require(outputs[place], routine.tensors[tensor], .output(place), name)
      }
    }
    guard !outputs.isEmpty else {
      throw OperatorError(.unsupported, .operands, expected: "a result", found: "none")
    }
    guard routine.nodes.allSatisfy({ type(of: $0.operation).stateOperands.isEmpty }) else {
      throw OperatorError(
        .unsupported, .attribute(name), expected: "operators without state", found: "one with state"
      )
    }
    guard routine.workspaceInBytes <= Routine.largestWorkspaceInBytes else {
      throw OperatorError(
        .unsupported, .attribute(name),
        expected: "at most \(Routine.largestWorkspaceInBytes) bytes while it runs",
        found: "\(routine.workspaceInBytes)")
    }
  }

  private func require(
    _ type: TensorType, _ tensor: Routine.Tensor, _ subject: OperatorError.Subject, _ name: String
  ) throws(OperatorError) {
    let own = tensor.operand.type
    guard type.element == own.element, type.shape == own.shape else {
      throw OperatorError(.invalid, subject, expected: "\(own), as in \(name)", found: "\(type)")
    }
  }
}

extension TensorType {
  /// Whether this is one truth value, with one axis or none.
  var isTruthValue: Bool { element == .bool && shape.count == 1 && shape.rank <= 1 }
}

extension Routine {
  /// Multiply-accumulates of one run.
  var macs: Int {
    nodes.reduce(0) { sum, node in
      let signature = signature(of: node)
      return signature.outputs.enumerated().reduce(sum) { sum, output in
        let access = node.operation.access(signature, output: output.offset)
        let summed = access.summedOperand
        guard signature.inputs.indices.contains(summed), let operand = signature.inputs[summed]
        else { return sum }
        return min(
          sum
            + node.operation.macs(
              signature, access, output: output.offset, over: Region(whole: output.element.shape),
              reduce: Region(whole: operand.type.shape)), 1 << 61)
      }
    }
  }
}
