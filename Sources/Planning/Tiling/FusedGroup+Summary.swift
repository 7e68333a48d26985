extension FusedGroup {
  /// The group in a few words.
  public var summary: String {
    "\(range) \(words)"
      + inner.map { group in
        group.ops == ops
          ? ", each \(group.words)" : ", in each \(group.range) \(group.words)"
      }.joined()
  }

  /// The group in fewer words, for tables: `4-7 in 3x1 tiles by columns` are three tiles one below the other.
  public var brief: String {
    let range = ops.count > 1 ? "\(ops.first ?? 0)-\(ops.last ?? 0)" : "\(ops.first ?? 0)"
    return "\(range) \(([manner] + inner.map(\.manner)).joined(separator: " "))"
  }

  /// What a search calls such a group.
  public var searchMode: SearchMode {
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
    switch mode {
    case .line:
      let pace = step > 1 ? ", \(step) \(line)s at a time" : " by \(line)s"
      let tiles = Self.count(cutsAcross).map {
        ", \(step > 1 ? "in" : "each \(line) in") \($0) tiles"
      }
      let early = early.isEmpty ? "" : ", early: \(early.map(String.init).joined(separator: ", "))"
      return "line-buffered\(pace)\(tiles ?? "")\(early)"
    case .recompute:
      let parts = [(cuts.height, "down the height"), (cuts.width, "across the width")]
        .compactMap { cuts, words in Self.count(cuts).map { "\($0) \(words)" } }
      return parts.isEmpty
        ? "in one spatial tile" : "in spatial tiles, \(parts.joined(separator: " by "))"
    case .channels:
      return Self.count(cuts.channels).map { "in \($0) slices of channels" }
        ?? "in one slice of channels"
    }
  }

  /// How the group is run, in a word or two.
  private var manner: String {
    switch mode {
    case .recompute:
      return "in \(Self.count(cuts.height) ?? 1)x\(Self.count(cuts.width) ?? 1) tiles"
    case .channels: return "in \(Self.count(cuts.channels) ?? 1) slices"
    case .line:
      return "by \(step > 1 ? "\(step) " : "")\(line)s"
        + (Self.count(cutsAcross).map { " in \($0) tiles" } ?? "")
    }
  }

  /// What a line-buffered group makes at a time.
  private var line: String { ringAxis == .height ? "row" : "column" }

  /// Where a line-buffered group cuts its rows, or columns.
  private var cutsAcross: [Int]? { ringAxis == .height ? cuts.width : cuts.height }

  /// How many tiles an axis is cut into, where that is several.
  private static func count(_ cuts: [Int]?) -> Int? {
    cuts.flatMap { $0.count > 2 ? $0.count - 1 : nil }
  }
}

extension Tiling {
  /// How many groups a table shows.
  private static let shownGroups = 4

  /// The groups in a few words, for tables.
  public var brief: String {
    if groups.isEmpty { return "untiled" }
    let rest = groups.count - Self.shownGroups
    let shown = groups.prefix(Self.shownGroups).map(\.brief).joined(separator: ", ")
    return rest > 0 ? "\(shown) and \(rest) more" : shown
  }

  /// The kinds of groups, in the order in which they are listed.
  public var searchModes: [SearchMode] {
    let used = Set(groups.map(\.searchMode))
    return SearchMode.allCases.filter(used.contains)
  }
}
