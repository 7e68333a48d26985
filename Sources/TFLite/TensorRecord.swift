public import Tensor

/// A tensor as the file describes it.
public struct TensorRecord: Sendable {
  /// The name; empty when the file gives none.
  public let name: String
  /// The schema's code of the element type.
  public let elementCode: Int
  /// The element type; `nil` for strings, resources, 4-bit integers and others not mapped.
  public let element: ElementType?
  /// One extent per axis, as in the file; empty for scalars and for tensors of unknown rank.
  ///
  /// `Shape(checking:)` accepts it.
  public let shape: [Int]
  /// The extents with -1 for those not known before run time; `nil` when the file gives none.
  public let shapeSignature: [Int]?
  /// The values, in place and in the file's order; `nil` for tensors that are computed.
  ///
  /// They are as many bytes as element and shape say where `element` is known and `encoding` is not
  /// sparse. They need not be aligned.
  public let constant: Bytes?
  /// How codes stand for real numbers; `nil` when there are no scales.
  ///
  /// There is one scale, or one per coordinate of an axis of `shape`; each is finite and above 0,
  /// but several scales of a constant may have negative ones among them. Zero points are codes of
  /// the element type where it has codes.
  public let quantization: Quantization?
  /// How `constant` and `quantization` are to be read.
  public let encoding: TensorEncoding
  /// Whether the tensor keeps its value from one inference to the next.
  public let isVariable: Bool
  /// The index of the buffer; 0 stands for none.
  public let buffer: Int

  /// Whether the operator that makes the tensor may say its shape: extents are known at run time alone,
  /// some of the signature's, or all where there are none.
  ///
  /// A file does not tell such a tensor from a scalar. A constant has the shape of its bytes, a variable
  /// that of what it holds, and several scales have that of their axis.
  var leavesShapeOpen: Bool {
    guard constant == nil, !isVariable, quantization?.isPerTensor ?? true else { return false }
    return shape.isEmpty || shapeSignature?.contains(-1) ?? false
  }

  /// The name of the element type, also of types that are not mapped.
  public var elementName: String { ElementCode.name(of: elementCode) }
}
