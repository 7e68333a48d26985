public import Ops
public import Tensor

/// One operator of a network, bound to its tensors.
public struct GraphNode: Sendable {
  /// What the operator means.
  public let operation: any Operator
  /// The tensors it reads; `nil` for an optional operand that is absent.
  public let inputs: [Int?]
  /// The tensors it makes.
  public let outputs: [Int]
  /// The types and constants of both.
  public let signature: Signature
  /// The tiling rule of each output.
  public let accesses: [Access]
  /// The type of the operator's partial sums; `nil` for one that forms none.
  public let sumElement: ElementType?

  /// Binds an operator that has accepted `signature`.
  init(operation: any Operator, inputs: [Int?], outputs: [Int], signature: Signature) {
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs
    self.signature = signature
    accesses = outputs.indices.map { operation.access(signature, output: $0) }
    let kernel = operation.kernel(for: signature, profile: .tflm)
    sumElement = (kernel as? any SummingKernel)?.sumElement
  }

  /// The operator's name in TensorFlow Lite's schema.
  public var operatorName: String { operation.builtin.name }

  /// The operand that partial sums cut.
  public var summedOperand: Int { accesses.first?.summedOperand ?? 0 }

  /// The tensor that partial sums cut; `nil` for an operator without operands.
  public var summedInput: Int? {
    inputs.indices.contains(summedOperand) ? inputs[summedOperand] : nil
  }

  /// Multiply-accumulates of the whole operator.
  var macs: Int {
    guard signature.inputs.indices.contains(summedOperand),
      let operand = signature.inputs[summedOperand]
    else { return 0 }
    return signature.outputs.enumerated().reduce(0) { sum, output in
      sum
        + operation.macs(
          signature, accesses[output.offset], output: output.offset,
          over: Region(whole: output.element.shape), reduce: Region(whole: operand.type.shape))
    }
  }

  /// The tensors it reads, then those it makes.
  public var tensors: [Int] { inputs.compactMap { $0 } + outputs }

  /// Whether the implementation that `profile` names has no kernel for these types, so that the other's
  /// stands in.
  public func isStandIn(under profile: Profile) -> Bool {
    !operation.isImplemented(signature, by: profile)
  }

  /// What each operand is that no buffer holds: a constant, and nothing of any other; `nil` for one that
  /// is absent.
  ///
  /// The views are valid as long as the node.
  package var unbufferedOperands: [TensorView?] {
    signature.inputs.map { operand in
      operand.map { operand in
        operand.constant.map { TensorView(constant: $0, type: operand.type) }
          ?? TensorView(empty: operand.type)
      }
    }
  }

  /// Whether operand `index` is computed at run time, so that a plan holds it in a buffer.
  public func isActivation(_ index: Int) -> Bool {
    guard let operand = signature.inputs[index] else { return false }
    return operand.constant == nil
  }
}
