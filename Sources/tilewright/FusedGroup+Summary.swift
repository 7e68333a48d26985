import Planning

extension FusedGroup {
  /// The group in a few words.
  var summary: String {
    "\(range) \(words)"
      + inner.map { group in
        group.ops == ops
          ? ", each \(group.words)" : ", in each \(group.range) \(group.words)"
      }.joined()
  }

  /// The group in fewer words, for tables.
  var brief: String {
    let range = ops.count > 1 ? "\(ops.first ?? 0)-\(ops.last ?? 0)" : "\(ops.first ?? 0)"
    return "\(range) \(([manner] + inner.map(\.manner)).joined(separator: " "))"
  }

  /// What a search calls such a group.
  var searchMode: SearchMode {
    switch (mode, inner.first?.mode) {
    case (.line, _): .line
    case (.channels, _): .fdt
    case (.recompute, .line): .strip
    case (.recompute, .channels): .nested
    case (.recompute, _): .ffmt
    }
  }

  private var range: String {
    ops.count == 1
      ? "operator \(ops[0])" : "operators \(ops.first ?? 0) to \(ops.last ?? 0)"
  }

  /// How the operators are run.
  private var words: String {
    let tail = pieces.isEmpty ? "" : ", " + pieces.joined(separator: " and ")
    return switch mode {
    case .line: "line-buffered\(pace)\(tail)"
    case .recompute: "in spatial tiles\(tail)"
    case .channels: "in channel slices\(tail)"
    }
  }

  /// How many tiles each axis is cut into, in words.
  private var pieces: [String] {
    [("rows", cuts.height), ("columns", cuts.width), ("channels", cuts.channels)]
      .compactMap { name, cuts in cuts.map { "\($0.count - 1) tiles of \(name)" } }
  }

  /// How a line-buffered group advances, where that is not one row at a time.
  private var pace: String {
    let line = ringAxis == .height ? "row" : "column"
    if step > 1 { return ", \(step) \(line)s at a time" }
    return ringAxis == .height ? "" : " by columns"
  }

  /// How the group is run, in a word or two.
  private var manner: String {
    func parts(_ cuts: [Int]?) -> Int { (cuts?.count ?? 2) - 1 }
    switch mode {
    case .recompute: return "in \(parts(cuts.height))x\(parts(cuts.width)) tiles"
    case .channels: return "in \(parts(cuts.channels)) slices"
    case .line:
      let line = ringAxis == .height ? "row" : "column"
      let across = parts(ringAxis == .height ? cuts.width : cuts.height)
      return "by \(step > 1 ? "\(step) " : "")\(line)s" + (across > 1 ? " of \(across)" : "")
    }
  }
}

extension Tiling {
  /// How many groups a table shows.
  private static let shownGroups = 4

  /// The groups in a few words, for tables.
  var brief: String {
    if groups.isEmpty { return "untiled" }
    let rest = groups.count - Self.shownGroups
    let shown = groups.prefix(Self.shownGroups).map(\.brief).joined(separator: ", ")
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }

  /// The kinds of groups, in the order in which they are listed.
  var searchModes: [SearchMode] {
    let used = Set(groups.map(\.searchMode))
    return SearchMode.allCases.filter(used.contains)
  }
}
