import Ops
import Tensor
import TestSupport
import Testing

/// IF and WHILE run other operators.
@Suite struct RoutineTests {
  private static let codes = Codes.type(Shape(3))

  private static func routine(
    _ name: String, inputs: [TensorType], nodes: [Routine.Node], others: [Operand], outputs: [Int]
  ) -> Routine {
    Routine(
      name: name,
      tensors: (inputs.map { Operand($0) } + others).map { Routine.Tensor(name: "", $0) },
      nodes: nodes, inputs: Array(inputs.indices), outputs: outputs)
  }

  private static func add() throws -> any Operator {
    try Add(Add.builtins[0], options: OptionValues())
  }

  /// Adds the operand to itself.
  private static func doubled() throws -> Routine {
    routine(
      "doubled", inputs: [codes], nodes: [.init(try add(), inputs: [0, 0], outputs: [1])],
      others: [Operand(codes)], outputs: [1])
  }

  /// Gives the operand as it is.
  private static let same = routine("same", inputs: [codes], nodes: [], others: [], outputs: [0])

  private static func choice() throws -> If {
    try If(
      If.builtins[0], options: OptionValues([0: .routine(doubled()), 1: .routine(same)]))
  }

  private static let chosen = Signature(
    inputs: [Operand(TensorType(.bool, Shape())), Operand(codes)], outputs: [codes])

  @Test(arguments: [0, 1, 7] as [UInt8]) func aTruthValueChooses(_ flag: UInt8) throws {
    let operands = [Bytes(copying: [flag]), Bytes(copying: [1, -2, 100] as [Int8])]
    #expect(
      try Codes.result(of: Self.choice(), Self.chosen, operands).codes(of: .int8)
        == (flag == 0 ? [1, -2, 100] : [2, -4, 127]))
  }

  static let refusals = [
    Refusal("no truth value", .invalid, .operand(0)) { $0.inputs = [] },
    Refusal("a truth value of int8", .invalid, .operand(0)) {
      $0.inputs[0]?.type.element = .int8
    },
    Refusal("two truth values", .invalid, .operand(0)) { $0.inputs[0]?.type.shape = Shape(2) },
    Refusal("no operand", .invalid, .operands) { $0.inputs.removeLast() },
    Refusal("an absent operand", .invalid, .operands) { $0.inputs[1] = nil },
    Refusal("another shape", .invalid, .operand(1)) { $0.inputs[1]?.type.shape = Shape(1, 3) },
    Refusal("another type", .invalid, .operand(1)) { $0.inputs[1]?.type.element = .uint8 },
    Refusal("two results", .invalid, .operands) { $0.outputs.append($0.outputs[0]) },
    Refusal("a result of another shape", .invalid, .output(0)) { $0.outputs[0].shape = Shape(4) },
  ]

  @Test(arguments: refusals) func refuses(_ refusal: Refusal) throws {
    try refusal.expect(of: Self.choice(), Self.chosen)
  }

  @Test func refusesStateAndMemory() throws {
    var generator = SplitMix64(seed: 1)
    let svdf = SVDF.random(using: &generator)
    let outputs = Array(svdf.signature.inputs.count..<svdf.signature.inputs.count + 2)
    let kept = Routine(
      name: "kept",
      tensors: (svdf.signature.inputs.map { $0 ?? Operand(Self.codes) }
        + svdf.signature.outputs.map { Operand($0) }).map { Routine.Tensor(name: "", $0) },
      nodes: [
        .init(svdf.operation, inputs: Array(svdf.signature.inputs.indices), outputs: outputs)
      ], inputs: [0], outputs: [outputs[0]])
    let signature = Signature(
      inputs: [Operand(TensorType(.bool, Shape())), svdf.signature.inputs[0]],
      outputs: [svdf.signature.outputs[0]])
    func refusal(_ routine: Routine, _ signature: Signature) throws -> OperatorError? {
      try Codes.refusal(
        of: If(
          If.builtins[0], options: OptionValues([0: .routine(routine), 1: .routine(routine)])),
        signature)
    }
    #expect(try refusal(kept, signature)?.expected == "operators without state")
    let large = Codes.type(Shape(1 << 28, 2))
    let wide = Self.routine("wide", inputs: [large], nodes: [], others: [], outputs: [0])
    let error = try refusal(
      wide, Signature(inputs: [signature.inputs[0], Operand(large)], outputs: [large]))
    #expect(error?.kind == .unsupported && error?.found == "536870912")
  }

  /// Each turn doubles the numbers, as often as there are flags before the first that is 0.
  private static func loop(_ count: Int, isEndless: Bool = false) throws -> While {
    let flags = TensorType(.bool, Shape(count))
    let slice = try StridedSlice(StridedSlice.builtins[0], options: OptionValues())
    let join = try Concatenation(Concatenation.builtins[0], options: OptionValues())
    let one = TensorType(.bool, Shape(1))
    let condition = routine(
      "condition", inputs: [flags, codes],
      nodes: [.init(slice, inputs: [0, 2, 3, 3], outputs: [4])],
      others: [Codes.integers([0]), Codes.integers([1]), Operand(one)], outputs: [4])
    let body = routine(
      "body", inputs: [flags, codes],
      nodes: [
        .init(slice, inputs: [0, 2, 3, 2], outputs: [4]),
        .init(join, inputs: [4, 5], outputs: [6]),
        .init(try add(), inputs: [1, 1], outputs: [7]),
      ],
      others: [
        Codes.integers([1]), Codes.integers([Int32(count)]),
        Operand(TensorType(.bool, Shape(count - 1))),
        Operand(one, constant: Bytes(copying: [isEndless ? 1 : 0] as [UInt8])), Operand(flags),
        Operand(codes),
      ], outputs: [6, 7])
    return try While(
      While.builtins[0], options: OptionValues([0: .routine(condition), 1: .routine(body)]))
  }

  private static func looped(_ count: Int) -> Signature {
    let types = [TensorType(.bool, Shape(count)), codes]
    return Signature(inputs: types.map { Operand($0) }, outputs: types)
  }

  @Test(arguments: 0...3) func aLoopEndsWhenItsConditionSaysSo(_ turns: Int) throws {
    let flags = (0..<3).map { UInt8($0 < turns ? 1 : 0) }
    let operands = [Bytes(copying: flags), Bytes(copying: [1, 3, -1] as [Int8])]
    let results = try (0..<2).map {
      try Codes.result(of: Self.loop(3), Self.looped(3), operands, output: $0)
    }
    let factor = Int32(1 << turns)
    #expect(results[1].codes(of: .int8) == [factor, 3 * factor, -factor])
    #expect(results[0].elements(of: UInt8.self) == [0, 0, 0])
  }

  /// It ends all the same: a loop runs a bounded number of operators.
  @Test func anEndlessLoopEnds() throws {
    let operands = [Bytes(copying: [1, 1] as [UInt8]), Bytes(copying: [1, 0, -1] as [Int8])]
    let result = try Codes.result(
      of: Self.loop(2, isEndless: true), Self.looped(2), operands, output: 1)
    #expect(result.codes(of: .int8) == [127, 0, -128])
  }

  @Test func refusesConditions() throws {
    let loop = try Self.loop(3)
    let two = try While(
      While.builtins[0],
      options: OptionValues([0: .routine(loop.body), 1: .routine(loop.body)]))
    #expect(
      Codes.refusal(of: two, Self.looped(3))?.subject == .attribute("cond_subgraph"))
    #expect(Codes.refusal(of: loop, Self.looped(4))?.subject == .operand(0))
  }

  /// LiteRT loses an operand that a turn gives in a place behind its own.
  @Test(arguments: [[0, 1], [1, 0], [1, 1], [0, 0]]) func operandsThatMove(_ outputs: [Int]) throws
  {
    let flag = TensorType(.bool, Shape(1))
    let condition = Self.routine(
      "condition", inputs: [flag, flag], nodes: [], others: [], outputs: [0])
    let body = Self.routine("body", inputs: [flag, flag], nodes: [], others: [], outputs: outputs)
    let loop = try While(
      While.builtins[0], options: OptionValues([0: .routine(condition), 1: .routine(body)]))
    let signature = Signature(inputs: [Operand(flag), Operand(flag)], outputs: [flag, flag])
    #expect(loop.isImplemented(signature, by: .tflm))
    #expect(loop.isImplemented(signature, by: .litert) == (outputs[1] == 1))
    let operands = [1, 0].map { Bytes(copying: [$0] as [UInt8]) }
    // [0, 1] and [0, 0] go on until the bound.
    if outputs[0] == 1 {
      let results = try (0..<2).map {
        try Codes.result(of: loop, signature, operands, output: $0).elements(of: UInt8.self)
      }
      #expect(results == (outputs[1] == 1 ? [[0], [0]] : [[0], [1]]))
    }
  }

  /// Routines differ by their constants and wires, not by names.
  @Test func routinesAreTold() throws {
    #expect(try Self.choice().options == Self.choice().options)
    #expect(try Self.doubled() != Self.same)
    #expect(try Self.loop(3).options != Self.loop(3, isEndless: true).options)
    #expect(try Self.loop(3).condition.operatorCount == 1)
  }

  @Test func drawsEdges() throws {
    var (nested, passed, constants) = (0, 0, 0)
    for seed in 1...200 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      for family in [If.self, While.self] as [any Operator.Type] {
        for routine in family.random(using: &generator).operation.routines {
          nested += routine.nodes.contains { !$0.operation.routines.isEmpty } ? 1 : 0
          passed += routine.outputs.contains(where: routine.inputs.contains) ? 1 : 0
          constants += routine.tensors.contains { $0.operand.constant != nil } ? 1 : 0
        }
      }
    }
    #expect(nested > 10 && passed > 10 && constants > 100)
  }
}
