import Planning

extension FusedGroup {
  /// The group in a few words.
  var summary: String {
    let range = "operators \(ops.first ?? 0) to \(ops.last ?? 0)"
    let pieces = [("rows", cuts.height), ("columns", cuts.width), ("channels", cuts.channels)]
      .compactMap { name, cuts in cuts.map { "\($0.count - 1) tiles of \(name)" } }
    let tail = pieces.isEmpty ? "" : ", " + pieces.joined(separator: " and ")
    return switch mode {
    case .line: "\(range) line-buffered\(tail)"
    case .recompute: "\(range) in spatial tiles\(tail)"
    case .channels: "\(range) in channel slices\(tail)"
    }
  }
}
