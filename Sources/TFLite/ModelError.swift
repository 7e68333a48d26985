public import Tensor

/// Why bytes are no model, and where.
public enum ModelError: Error, Hashable, Sendable {
  /// The four bytes of the file identifier are others.
  case identifier(at: ModelPlace, found: [UInt8])
  /// The schema's version is not 3.
  case version(at: ModelPlace, found: Int)
  /// A part needs `byteCount` bytes where its table or the file has fewer.
  case outside(at: ModelPlace, FlatPart, byteCount: Int, available: Int)
  /// A vtable states sizes that no vtable and table have.
  case tableSizes(at: ModelPlace, vtable: Int, table: Int)
  /// The records would take more memory than a file of this size may ask for.
  case tooManyRecords(at: ModelPlace, limit: Int)
  /// There is no subgraph.
  case noSubgraph(at: ModelPlace)
  /// An index does not name one of `count` records.
  case index(at: ModelPlace, found: Int, count: Int)
  /// An extent is negative, or there are more than 2^48 elements.
  case shape(at: ModelPlace, found: [Int])
  /// A shape signature has another rank than the shape, or an extent under -1.
  case shapeSignature(at: ModelPlace, found: [Int], shape: [Int])
  /// A constant's bytes are not those of its type.
  case constantSize(at: ModelPlace, found: Int, expected: Int, element: ElementType, shape: Shape)
  /// A scale, given by its bits, is not finite, is 0, or is negative where a constant does not have
  /// several.
  case scale(at: ModelPlace, bitPattern: UInt32)
  /// There are neither one scale nor one for each coordinate of the quantized axis.
  case scaleCount(at: ModelPlace, found: Int, extent: Int)
  /// There are neither no zero points, nor one, nor one for each scale.
  case zeroPointCount(at: ModelPlace, found: Int, scaleCount: Int)
  /// A zero point is no code of its tensor's type.
  case zeroPoint(at: ModelPlace, found: Int64, codes: ClosedRange<Int32>)
  /// The quantized axis is none of the tensor's.
  case quantizedAxis(at: ModelPlace, found: Int, rank: Int)

  /// The part that is wrong.
  public var place: ModelPlace {
    switch self {
    case .identifier(let place, _), .version(let place, _), .outside(let place, _, _, _),
      .tableSizes(let place, _, _), .tooManyRecords(let place, _), .noSubgraph(let place),
      .index(let place, _, _), .shape(let place, _), .shapeSignature(let place, _, _),
      .constantSize(let place, _, _, _, _), .scale(let place, _), .scaleCount(let place, _, _),
      .zeroPointCount(let place, _, _), .zeroPoint(let place, _, _),
      .quantizedAxis(let place, _, _):
      place
    }
  }
}
