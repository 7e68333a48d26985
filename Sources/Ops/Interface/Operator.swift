public import Tensor

/// One operator: all that the reader, the executor, the tiler, the verifier and the tests know of it.
///
/// A conforming type holds the operator's attributes. One line in `Catalog` enrols it everywhere.
public protocol Operator: Sendable {
  /// The operator's name in TensorFlow Lite's schema.
  static var name: String { get }
  /// The operator's code in TensorFlow Lite's schema.
  static var builtinCode: Int { get }
  /// The code of its options table in the schema's union `BuiltinOptions`.
  static var optionsCode: Int { get }
  /// Whether its products count as multiply-accumulates.
  static var countsMACs: Bool { get }

  /// Reads the attributes from an options table.
  init(options: some OptionTable) throws(OptionError)
  /// The attributes as an options table; `init(options:)` reads them back.
  var options: OptionValues { get }

  /// Throws unless the operator accepts these operands and results.
  func check(_ signature: Signature) throws(OperatorError)
  /// The tiling rule of result `output`: which coordinates of each operand a tile of it reads.
  ///
  /// - Precondition: `check` accepted the signature.
  func access(_ signature: Signature, output: Int) -> Access
  /// Makes the operator ready to run as `profile` defines it.
  ///
  /// - Precondition: `check` accepted the signature.
  func kernel(for signature: Signature, profile: Profile) -> any Kernel
  /// When a result may lie on operand `operand` within one step; see `InPlace`.
  func inPlace(_ signature: Signature, operand: Int) -> InPlace

  /// The real-valued function that the quantized operator approximates, before it is quantized.
  ///
  /// It shares no derived parameter with the kernel: `products` multiplies matrices, and the
  /// operands are real numbers.
  func real(_ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct)
    -> RealTensor
  /// The largest distance between kernel and `real`, in steps of the output's codes, when `real` is
  /// rounded to no code.
  func errorBound(_ signature: Signature) -> Double

  /// A random valid instance, biased to edges: extent 1, stride above the window, saturation.
  static func random(using generator: inout SplitMix64) -> Example
}

extension Operator {
  /// Most operators multiply nothing.
  public static var countsMACs: Bool { false }

  /// Most operators read an element after another one at its place may have been written.
  public func inPlace(_ signature: Signature, operand: Int) -> InPlace { .never }

  /// Multiply-accumulates to compute `region` of output 0 from the taps inside `reduce`, padding
  /// included.
  public func macs(_ access: Access, over region: Region, reduce: Region) -> Int {
    Self.countsMACs ? access.tapCount(for: region, reduce: reduce) : 0
  }
}

/// When a result of a step may lie on one of its operands.
public enum InPlace: Hashable, Sendable {
  /// Never: some element is read after another one at its place may have been written.
  case never
  /// Where each result lies exactly on the operand's element of the same row-major index, which is
  /// read last when that result is written.
  case sameAddress
}

/// An operator with operands that `check` accepts.
public struct Example: Sendable {
  /// The operator.
  public var operation: any Operator
  /// Its operands and results.
  public var signature: Signature

  /// Makes an example.
  public init(_ operation: any Operator, _ signature: Signature) {
    self.operation = operation
    self.signature = signature
  }
}
