public import Tensor

/// One family of operators: all that the reader, the executor, the tiler, the verifier and the tests
/// know of it.
///
/// A conforming type holds the operator's attributes. One line in `Catalog` enrols it everywhere.
public protocol Operator: Sendable {
  /// The operators of TensorFlow Lite's schema that the type stands for, builtin or custom; mostly one.
  static var builtins: [Builtin] { get }
  /// Which of them this one is.
  var builtin: Builtin { get }
  /// Whether its products count as multiply-accumulates.
  static var countsMACs: Bool { get }

  /// The operands that keep what the operator leaves in them from one run to the next. Its last results
  /// are what they hold afterwards, in this order.
  static var stateOperands: [Int] { get }

  /// Whether a model names by a handle what the operator keeps, in place of a tensor of its own.
  static var stateHasHandle: Bool { get }

  /// Whether a model has what the operator keeps among its results, and not among its operands: then the state
  /// operands stand behind the model's, and as many results are what they hold afterwards.
  static var stateIsResult: Bool { get }

  /// Reads the attributes of one of the family's operators from an options table.
  init(_ builtin: Builtin, options: some OptionTable) throws(OptionError)
  /// The attributes as an options table; `init(_:options:)` reads them back.
  var options: OptionValues { get }

  /// The options table of a model that holds the operator: the attributes, and what follows from the types
  /// and yet is read from there by some.
  func statedOptions(_ signature: Signature) -> OptionValues
  /// The version of the operator's definition that a model asks for.
  ///
  /// Source: TensorFlow Lite, `tools/versioning/op_version.cc`.
  func version(_ signature: Signature) -> Int
  /// What a model describes of what the operator keeps inside while it runs: for each piece the operand that
  /// has the same quantization.
  static var intermediates: [Int] { get }

  /// The shapes of the results where the attributes alone decide them, so that a model may leave them
  /// open; none for most operators.
  var resultShapes: [Shape] { get }

  /// Throws unless the operator accepts these operands and results.
  func check(_ signature: Signature) throws(OperatorError)
  /// Whether the implementations write all elements of all results; here those that they leave are 0.
  static var fillsResults: Bool { get }
  /// Whether the implementation that `profile` names has a kernel for operands and results of these types;
  /// where it has none, the other one's stands in.
  ///
  /// - Precondition: `check` accepted the signature.
  func isImplemented(_ signature: Signature, by profile: Profile) -> Bool
  /// A value of computed operand `operand`, row-major, for which the results are defined: indices inside a
  /// tensor, divisors other than 0; `nil` where they are for all.
  ///
  /// - Precondition: `check` accepted the signature.
  func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes?
  /// The tiling rule of result `output`: which coordinates of each operand a tile of it reads.
  ///
  /// - Precondition: `check` accepted the signature.
  func access(_ signature: Signature, output: Int) -> Access
  /// Makes the operator ready to run as `profile` defines it.
  ///
  /// - Precondition: `check` accepted the signature.
  func kernel(for signature: Signature, profile: Profile) -> any Kernel
  /// Multiply-accumulates to compute `region` of result `output` from the taps inside `reduce`, padding
  /// included; `access` is that result's.
  func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int
  /// When result `output` may lie on operand `operand` within one step; see `InPlace`.
  func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace
  /// What TensorFlow Lite Micro's reference kernel keeps in its arena.
  func microMemory(_ signature: Signature) -> MicroMemory

  /// The real-valued function that the operator approximates, before it is rounded: one tensor per
  /// result.
  ///
  /// It shares no derived parameter with the kernel: `products` multiplies matrices, and the
  /// operands are real numbers.
  func real(_ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct)
    -> [RealTensor]
  /// The largest distance between kernel and `real` on these operands, when `real` is rounded to no
  /// code: in steps of the output's codes, or in units of its numbers where it is not quantized; infinite
  /// for an operator that approximates no function, of which nothing is said then.
  func errorBound(_ inputs: [RealTensor?], signature: Signature, output: Int) -> Double

  /// A random valid instance, biased to edges: extent 1, stride above the window, saturation.
  static func random(using generator: inout SplitMix64) -> Example
  /// A random instance one of whose computed operands has exactly the given type; `nil` where the
  /// operator takes no such operand.
  ///
  /// `check` has the last word: it may refuse an element, or scales too far apart.
  static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example?
}

extension Operator {
  /// The first operator of the family, which is the only one of most.
  public var builtin: Builtin { Self.builtins[0] }

  /// Most operators write all.
  public static var fillsResults: Bool { true }

  /// Both implement most types of most operators, but for uint8 and weights of int8 beside floats, which
  /// TensorFlow Lite Micro has few kernels for.
  public func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    profile != .tflm || !(signature.isUnsigned || signature.isHybrid)
  }

  /// Most operators are defined for all values.
  public func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? { nil }

  /// Some operators have operands that are no one else's results.
  public static func random(
    reading type: TensorType, using generator: inout SplitMix64
  ) -> Example? { nil }

  /// Most operators keep nothing.
  public static var stateOperands: [Int] { [] }

  /// Most operators keep what they keep in a tensor.
  public static var stateHasHandle: Bool { false }

  /// Most operators read what they keep as an operand.
  public static var stateIsResult: Bool { false }

  /// Most operators multiply nothing.
  public static var countsMACs: Bool { false }

  /// Most operators state their attributes alone.
  public func statedOptions(_ signature: Signature) -> OptionValues { options }

  /// Of most operators the first operand's type decides.
  public func version(_ signature: Signature) -> Int {
    builtin.version(for: signature.inputs.compactMap { $0 }.first?.type.element)
  }

  /// Most operators keep nothing that a model describes.
  public static var intermediates: [Int] { [] }

  /// Most operators have results whose shapes follow from those of the operands.
  public var resultShapes: [Shape] { [] }

  /// Most operators read an element after another one at its place may have been written.
  public func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace { .never }

  /// Some reference kernels keep nothing.
  public func microMemory(_ signature: Signature) -> MicroMemory { MicroMemory() }

  /// An operator that rounds nothing is exact, but for what double precision makes of a scale.
  public func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { 0x1p-20 }

  /// Most operators multiply once per tap.
  public func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int {
    Self.countsMACs ? access.tapCount(for: region, reduce: reduce) : 0
  }
}
