internal import Tensor

extension ModelError: CustomStringConvertible {
  /// One line: place, what was expected, what was found, what to do.
  public var description: String {
    "\(place): expected \(expected), found \(found); \(advice)"
  }

  private var expected: String {
    switch self {
    case .identifier: "the file identifier \"TFL3\""
    case .version: "schema version \(Schema.version)"
    case .outside(_, let part, let byteCount, _): "\(part) of \(byteCount) bytes"
    case .tableSizes: "a vtable of an even size of at least 4 bytes and a table of at least 4 bytes"
    case .tooManyRecords(_, let limit): "records that fit \(limit) bytes"
    case .noSubgraph: "at least one subgraph"
    case .index(_, _, let count): count == 0 ? "no index" : "an index in 0..<\(count)"
    case .shape: "extents of at least 0 whose product is at most 2^48"
    case .shapeSignature(_, _, let shape): "an extent or -1 for each of \(Self.list(shape))"
    case .constantSize(_, _, let expected, let element, let shape):
      "\(expected) bytes for \(element)\(shape)"
    case .scale: "a finite scale above 0 (below 0 only among several of a constant)"
    case .scaleCount(_, _, let extent): "1 scale, or \(extent) for the quantized axis"
    case .zeroPointCount(_, _, let count):
      count == 1 ? "0 or 1 zero points" : "0, 1 or \(count) zero points"
    case .zeroPoint(_, _, let codes): "a zero point in \(codes.lowerBound)...\(codes.upperBound)"
    case .quantizedAxis(_, _, let rank): "an axis in 0..<\(rank)"
    }
  }

  private var found: String {
    switch self {
    case .identifier(_, let found): String(decoding: found, as: UTF8.self).debugDescription
    case .version(_, let found): "\(found)"
    case .outside(_, _, _, let available): "\(available)"
    case .tableSizes(_, let vtable, let table): "\(vtable) and \(table)"
    case .tooManyRecords: "more, because parts of the file are referred to many times"
    case .noSubgraph: "none"
    case .index(_, let found, _): "\(found)"
    case .shape(_, let found), .shapeSignature(_, let found, _): Self.list(found)
    case .constantSize(_, let found, _, _, _): "\(found)"
    case .scale(_, let bitPattern): "\(Float(bitPattern: bitPattern))"
    case .scaleCount(_, let found, _), .zeroPointCount(_, let found, _): "\(found)"
    case .zeroPoint(_, let found, _): "\(found)"
    case .quantizedAxis(_, let found, _): "\(found)"
    }
  }

  /// The extents, without those that would drown the message.
  private static func list(_ extents: [Int]) -> String {
    let shown = extents.prefix(8).map(String.init).joined(separator: ", ")
    return extents.count > 8 ? "[\(shown), … \(extents.count) in all]" : "[\(shown)]"
  }

  private var advice: String {
    switch self {
    case .identifier: "give a .tflite file"
    case .version: "convert the network again with a current TensorFlow Lite converter"
    case .outside, .tableSizes: "the file is cut short or damaged, export or download it again"
    case .tooManyRecords: "the file is damaged or hostile, export it again"
    case .noSubgraph, .index, .shape, .shapeSignature, .constantSize, .scale, .scaleCount,
      .zeroPointCount, .zeroPoint, .quantizedAxis:
      "correct the tool that wrote the file, or export it again"
    }
  }
}
