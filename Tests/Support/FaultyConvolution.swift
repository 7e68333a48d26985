public import Graph
public import Ops
public import Tensor

/// CONV_2D of int8 whose kernel touches what it should not, or not what it should; all that it states
/// of itself is right.
public struct FaultyConvolution: Operator {
  /// What the kernel does wrong.
  public enum Fault: Sendable {
    /// Writes each row where the next one belongs.
    case shiftsRows
    /// Leaves the last channel of a tile unwritten.
    case leavesChannel
    /// Leaves the sums of the last channel unwritten, and finishes them.
    case forgetsSums
    /// Writes a row before it has read all that the operand's place holds.
    case goesRowByRow
    /// Adds all input channels, whatever part is asked for.
    case addsAllChannels
    /// Adds every product twice, in tiles and whole alike.
    case addsTwice
  }

  /// That of CONV_2D.
  public static let builtins = Conv2D.builtins

  private let sound: any Operator
  private let fault: Fault

  /// Makes one operator of a network wrong.
  public static func graph(_ graph: Graph, op: Int, _ fault: Fault) throws -> Graph {
    try Graph(
      tensors: graph.tensors,
      nodes: graph.nodes.enumerated().map { index, node in
        (
          index == op ? FaultyConvolution(node.operation, fault) : node.operation, node.inputs,
          node.outputs
        )
      }, inputs: graph.inputs, outputs: graph.outputs, modelHash: graph.modelHash)
  }

  private init(_ sound: any Operator, _ fault: Fault) {
    self.sound = sound
    self.fault = fault
  }

  /// Reads a convolution that writes each row where the next one belongs.
  public init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(try Conv2D(builtin, options: options), .shiftsRows)
  }

  /// Those of the sound convolution.
  public var options: OptionValues { sound.options }

  /// Accepts what the sound convolution does.
  public func check(_ signature: Signature) throws(OperatorError) { try sound.check(signature) }

  /// That of the sound convolution.
  public func access(_ signature: Signature, output: Int) -> Access {
    sound.access(signature, output: output)
  }

  /// The kernel that is wrong.
  public func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let kernel = sound.kernel(for: signature, profile: profile)
    if fault == .goesRowByRow { return RowByRowKernel(sound: kernel) }
    guard let summing = kernel as? any SummingKernel<FaultyKernel.Terms> else { return kernel }
    return FaultyKernel(sound: summing, fault: fault)
  }

  /// That of the sound convolution.
  public func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] { sound.real(inputs, signature: signature, products: products) }

  /// That of the sound convolution.
  public func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { sound.errorBound(inputs, signature: signature, output: output) }

  /// A sound convolution.
  public static func random(using generator: inout SplitMix64) -> Example {
    Conv2D.random(using: &generator)
  }
}
