import ArgumentParser
import Planning

/// Kinds of groups on the command line: their names with commas between.
struct SearchModes {
  let modes: Set<SearchMode>

  static let all = SearchModes(modes: Set(SearchMode.allCases))

  /// The names of all of them.
  private static var allNames: String {
    SearchMode.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private init(modes: Set<SearchMode>) { self.modes = modes }

  /// Reads names; every one must be known, and there must be at least one.
  init(parsing text: String) throws {
    modes = Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
        guard let mode = SearchMode(rawValue: String(name)) else {
          throw ValidationError("expected some of \(Self.allNames), with commas between")
        }
        return mode
      })
  }

  /// The names, in the order in which they are listed.
  var names: [String] { SearchMode.allCases.filter(modes.contains).map(\.rawValue) }
}
