public import Graph
internal import Ops
internal import Tensor

/// Makes small int8 networks, with weights from a seed, operator by operator.
///
/// Windows, strides and dilations are pairs of height and width; feature maps are NHWC.
public struct GraphBuilder {
  private var tensors: [GraphTensor] = []
  private var nodes: [Graph.UnboundNode] = []
  private var inputs: [Int] = []
  private var variables: [Variable] = []
  private var generator: SplitMix64

  /// Starts a network whose weights belong to `seed`.
  public init(seed: UInt64 = 0) { generator = SplitMix64(seed: seed) }

  /// The network, whose model has the hash `hash`.
  public func graph(outputs: [Int], hash: String = "built") throws -> Graph {
    try Graph(
      tensors: tensors, nodes: nodes, inputs: inputs, outputs: outputs, variables: variables,
      modelHash: hash)
  }

  /// Whether some operator reads a tensor.
  public func isRead(_ tensor: Int) -> Bool { nodes.contains { $0.inputs.contains(tensor) } }

  /// Adds a network input.
  public mutating func input(_ extents: [Int], scale: Float = 0.05) throws -> Int {
    let tensor = try add("in", extents, Quantization(scale: scale, zeroPoint: -3))
    inputs.append(tensor)
    return tensor
  }

  /// Adds CONV_2D.
  public mutating func convolution(
    _ input: Int, channels: Int, window: [Int], stride: [Int] = [1, 1], dilation: [Int] = [1, 1],
    isSame: Bool = true
  ) throws -> Int {
    let extents = tensors[input].type.shape.extents
    let shape = [channels] + window + [extents[3]]
    let terms = window[0] * window[1] * extents[3]
    let operands = [input, try weights(shape), try bias(channels, of: input)]
    return try node(
      3,
      [
        0: .int8(isSame ? 0 : 1), 1: .int32(Int32(stride[1])), 2: .int32(Int32(stride[0])),
        4: .int32(Int32(dilation[1])), 5: .int32(Int32(dilation[0])),
      ], operands,
      Self.extents(extents, window, stride, dilation, isSame) + [channels],
      sumQuantization(terms: terms))
  }

  /// Adds DEPTHWISE_CONV_2D with `multiplier` outputs per channel.
  public mutating func depthwise(
    _ input: Int, multiplier: Int = 1, window: [Int], stride: [Int] = [1, 1],
    dilation: [Int] = [1, 1], isSame: Bool = true
  ) throws -> Int {
    let extents = tensors[input].type.shape.extents
    let channels = extents[3] * multiplier
    let operands = [input, try weights([1] + window + [channels]), try bias(channels, of: input)]
    return try node(
      4,
      [
        0: .int8(isSame ? 0 : 1), 1: .int32(Int32(stride[1])), 2: .int32(Int32(stride[0])),
        5: .int32(Int32(dilation[1])), 6: .int32(Int32(dilation[0])),
      ], operands, Self.extents(extents, window, stride, dilation, isSame) + [channels],
      sumQuantization(terms: window[0] * window[1]))
  }

  /// Adds AVERAGE_POOL_2D.
  public mutating func pool(
    _ input: Int, window: [Int], stride: [Int], isSame: Bool = false
  ) throws -> Int {
    let type = tensors[input].type
    return try node(
      1,
      [
        0: .int8(isSame ? 0 : 1), 1: .int32(Int32(stride[1])), 2: .int32(Int32(stride[0])),
        3: .int32(Int32(window[1])), 4: .int32(Int32(window[0])),
      ], [input],
      Self.extents(type.shape.extents, window, stride, [1, 1], isSame) + [type.shape[3]],
      type.quantization)
  }

  /// Adds ADD.
  public mutating func add(_ left: Int, _ right: Int) throws -> Int {
    try node(
      0, [:], [left, right], tensors[left].type.shape.extents,
      Quantization(scale: 0.07, zeroPoint: 2))
  }

  /// Adds RESHAPE to other extents of the same product.
  public mutating func reshape(_ input: Int, to extents: [Int]) throws -> Int {
    try node(22, [:], [input], extents, tensors[input].type.quantization)
  }

  /// Adds FULLY_CONNECTED over all of its operand.
  public mutating func fullyConnected(_ input: Int, channels: Int) throws -> Int {
    let inner = tensors[input].type.shape.count
    let operands = [input, try weights([channels, inner]), try bias(channels, of: input)]
    return try node(9, [:], operands, [1, channels], sumQuantization(terms: inner))
  }

  /// Adds SVDF with a state of int8 of its own, or with what the last one left in its.
  public mutating func svdf(
    _ input: Int, units: Int, rank: Int = 1, memory: Int, sharesState: Bool = false
  ) throws -> Int {
    let extents = tensors[input].type.shape.extents
    let filters = units * rank
    let shared = sharesState ? variables.popLast() : nil
    let state =
      try shared?.after
      ?? add("state", [extents[0], filters * memory], Quantization(scale: 0.1, zeroPoint: 4))
    let operands = [
      input, try weights([filters, extents[1]]), try weights([filters, memory]),
      try bias(units, of: input), state,
    ]
    let output = try node(
      27, [0: .int32(Int32(rank))], operands, [extents[0], units],
      Quantization(scale: 0.05, zeroPoint: -7))
    tensors.append(GraphTensor(name: "state after", type: tensors[state].type))
    nodes[nodes.count - 1].outputs.append(tensors.count - 1)
    variables.append(Variable(versions: (shared?.versions ?? [state]) + [tensors.count - 1]))
    return output
  }

  private mutating func node(
    _ code: Int, _ options: [Int: OptionValues.Value], _ operands: [Int], _ extents: [Int],
    _ quantization: Quantization?
  ) throws -> Int {
    guard let (family, builtin) = Catalog.operation(code: code) else {
      throw GraphBuilderError.noSuchOperator(code)
    }
    let output = try add("node\(nodes.count)", extents, quantization)
    nodes.append(
      (
        operation: try family.init(builtin, options: OptionValues(options)), inputs: operands,
        outputs: [output]
      ))
    return output
  }

  private mutating func weights(_ extents: [Int]) throws -> Int {
    let count = extents.reduce(1, *)
    let codes = (0..<count).map { _ in Int8.random(in: -127...127, using: &generator) }
    return try add(
      "weights", extents, Quantization(scale: 0.01, zeroPoint: 0), Bytes(copying: codes))
  }

  /// Its scale is that of the products.
  private mutating func bias(_ channels: Int, of input: Int) throws -> Int {
    let sums = (0..<channels).map { _ in Int32.random(in: -5000...5000, using: &generator) }
    return try add(
      "bias", [channels],
      Quantization(
        scale: 0.01 * (tensors[input].type.quantization?.scales[0] ?? 1), zeroPoint: 0),
      Bytes(copying: sums))
  }

  private mutating func add(
    _ name: String, _ extents: [Int], _ quantization: Quantization?, _ constant: Bytes? = nil
  ) throws -> Int {
    guard let shape = Shape(checking: extents) else { throw GraphBuilderError.noShape(extents) }
    let element = name == "bias" ? ElementType.int32 : .int8
    tensors.append(
      GraphTensor(
        name: "\(name)", type: TensorType(element, shape, quantization), constant: constant))
    return tensors.count - 1
  }

  /// A scale that random sums of so many products fill without leaving the codes too often.
  private func sumQuantization(terms: Int) -> Quantization {
    Quantization(scale: 0.03 * Float(terms).squareRoot(), zeroPoint: 5)
  }

  private static func extents(
    _ input: [Int], _ window: [Int], _ stride: [Int], _ dilation: [Int], _ isSame: Bool
  ) -> [Int] {
    let spatial = (0..<2).map { axis -> Int in
      let extent = input[axis + 1]
      if isSame { return (extent + stride[axis] - 1) / stride[axis] }
      let span = (window[axis] - 1) * dilation[axis] + 1
      return (extent - span) / stride[axis] + 1
    }
    return [input[0]] + spatial
  }
}
