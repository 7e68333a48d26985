internal import Tensor

/// A routine while it is drawn.
struct RoutineDraft {
  private let name: String
  private var tensors: [Routine.Tensor] = []
  private var nodes: [Routine.Node] = []
  private let inputs: [Int]

  /// Starts a routine that takes `operands`, which are its first tensors.
  init(_ name: String, _ operands: [TensorType]) {
    self.name = name
    inputs = Array(operands.indices)
    for type in operands { add(Operand(type)) }
  }

  /// The routine that gives `outputs`.
  func routine(outputs: [Int]) -> Routine {
    Routine(name: name, tensors: tensors, nodes: nodes, inputs: inputs, outputs: outputs)
  }

  /// Adds a tensor.
  @discardableResult mutating func add(_ operand: Operand) -> Int {
    tensors.append(Routine.Tensor(name: "\(name) \(tensors.count)", operand))
    return tensors.count - 1
  }

  /// Adds an operator of one result.
  mutating func append(
    _ operation: any Operator, _ operands: [Int], _ result: TensorType
  ) -> Int {
    let output = add(Operand(result))
    nodes.append(Routine.Node(operation, inputs: operands, outputs: [output]))
    return output
  }

  /// Adds a slice of a tensor of one axis, or one coordinate of it.
  mutating func slice(_ source: Int, _ range: Range<Int>, isDropped: Bool = false) -> Int {
    let numbers = [range.lowerBound, range.upperBound, 1].map { number in
      add(Operand(TensorType(.int32, Shape(1)), constant: Bytes(copying: [Int32(number)])))
    }
    var type = tensors[source].operand.type
    type.shape = isDropped ? Shape() : Shape(range.count)
    return append(
      StridedSlice(
        startMask: 0, endMask: 0, droppedMask: isDropped ? 1 : 0, endsAreOffsets: false),
      [source] + numbers, type)
  }

  /// Adds operators, each of which reads the result of the one before and keeps its shape; the last result
  /// has the type `result` where its operator takes that.
  mutating func append(
    steps: Int, from start: Int, to result: TensorType, nesting: Bool,
    using generator: inout SplitMix64
  ) -> Int {
    var tensor = start
    for step in 0..<steps {
      let type = tensors[tensor].operand.type
      if nesting, step == 0 {
        tensor = appendChoice(tensor, using: &generator)
        continue
      }
      // Not every operator takes every type.
      for _ in 0..<8 {
        guard
          var example = Self.families.randomElement(using: &generator)?.random(
            reading: type, using: &generator),
          example.signature.outputs.map(\.element) == [type.element],
          example.signature.outputs[0].shape == type.shape,
          let place = example.signature.inputs.firstIndex(where: { $0 == Operand(type) })
        else { continue }
        if step == steps - 1 {
          example = example.with(result: result)
        }
        for (index, operand) in example.signature.inputs.enumerated() where index != place {
          guard let operand, operand.constant == nil else { continue }
          example.signature.inputs[index] = .randomConstant(operand.type, using: &generator)
        }
        guard example.signature.hasNormalSteps,
          (try? example.operation.check(example.signature)) != nil
        else { continue }
        let operands = example.signature.inputs.enumerated().map { index, operand in
          index == place ? tensor : operand.map { add($0) } ?? tensor
        }
        tensor = append(example.operation, operands, example.signature.outputs[0])
        break
      }
    }
    return tensor
  }

  /// Adds an IF that reads a tensor and makes another one of its type, as a constant says.
  private mutating func appendChoice(_ tensor: Int, using generator: inout SplitMix64) -> Int {
    let type = tensors[tensor].operand.type
    let condition = add(
      Operand(
        TensorType(.bool, Shape(1)),
        constant: Bytes(copying: [UInt8.random(in: 0...1, using: &generator)])))
    let branches = (0..<2).map { branch in
      Routine.random(
        "\(name), branch \(branch)", [type], [(type, 0)], nesting: false, using: &generator)
    }
    return append(If(then: branches[0], otherwise: branches[1]), [condition, tensor], type)
  }

  /// The operators that are drawn.
  private static let families: [any Operator.Type] = [
    Add.self, Logistic.self, Maximum.self, Mul.self, Relu.self,
  ]
}

extension Example {
  /// The example with another result where the operator takes that.
  fileprivate func with(result: TensorType) -> Example {
    var other = self
    other.signature.outputs = [result]
    return (try? operation.check(other.signature)) != nil ? other : self
  }
}

extension Signature {
  /// Whether all steps are normal numbers: those of an operand near the largest may have a product that is none.
  fileprivate var hasNormalSteps: Bool {
    (inputs.compactMap { $0?.type } + outputs).allSatisfy { type in
      type.quantization?.scales.allSatisfy(\.isNormal) ?? true
    }
  }
}

extension Routine {
  /// A routine that makes each of `results` by a few operators from an operand of the same shape, whose
  /// index it states.
  static func random(
    _ name: String, _ operands: [TensorType], _ results: [(type: TensorType, from: Int)],
    nesting: Bool, using generator: inout SplitMix64
  ) -> Routine {
    var draft = RoutineDraft(name, operands)
    let outputs = results.map { result in
      draft.append(
        steps: Int.random(in: 0...3, using: &generator), from: result.from, to: result.type,
        nesting: nesting, using: &generator)
    }
    return draft.routine(outputs: outputs)
  }
}

extension TensorType {
  /// A type that small routines compute with.
  static func randomForRoutines(using generator: inout SplitMix64) -> TensorType {
    .random([.int8, .int8, .int8, .float32], axes: 1...3, extents: 1...5, using: &generator)
  }

  /// The type with another scale and zero point now and then.
  func requantized(using generator: inout SplitMix64) -> TensorType {
    guard quantization?.isPerTensor ?? false, Bool.random(using: &generator) else { return self }
    return .random([element], shape, near: quantization?.scales[0], using: &generator)
  }
}
