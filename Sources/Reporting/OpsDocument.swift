public import Ops
internal import Tensor

/// What `ops` shows: every operator of the catalogue, and how it may be cut.
public struct OpsDocument: Document {
  struct Types: Encodable {
    let operands: [String?]
    let results: [String]
  }

  struct Axes: Encodable {
    let result: Int?
    let rank: Int
    let axes: [Int]
    let always: [Int]

    init(_ use: AxisUse, result: Int? = nil) {
      self.result = result
      rank = use.rank
      axes = use.axes
      always = use.always
    }
  }

  struct Row: Encodable {
    let name: String
    let code: Int
    let types: [Types]
    let takesAnyNumber: Bool
    let makesAnyNumber: Bool
    let cutAxes: [Axes]
    let summedAxes: [Axes]
    let inPlaceOperands: [Int]
    let overlappedOperands: [Int]
    let countsMACs: Bool
  }

  let operators: [Row]
  private let capabilities: [OperatorCapabilities]

  private enum CodingKeys: CodingKey { case operators }

  /// Gathers what is shown.
  public init(_ capabilities: [OperatorCapabilities]) {
    self.capabilities = capabilities
    operators = capabilities.map { operation in
      Row(
        name: operation.builtin.name, code: operation.builtin.code,
        types: operation.types.map {
          Types(operands: $0.operands.map { $0?.rawValue }, results: $0.results.map(\.rawValue))
        },
        takesAnyNumber: operation.takesAnyNumber, makesAnyNumber: operation.makesAnyNumber,
        cutAxes: operation.cutAxes.enumerated().flatMap { result, uses in
          uses.map { Axes($0, result: result) }
        },
        summedAxes: operation.summedAxes.map { Axes($0) },
        inPlaceOperands: operation.inPlaceOperands,
        overlappedOperands: operation.overlappedOperands, countsMACs: operation.countsMACs)
    }
  }

  /// A row per operator, and one more for each further pattern of types.
  public var text: String {
    var table = TextTable([
      "operator", "operands and results", "T", "cut", "summed", "onto", "overlap", "MACs",
    ])
    for operation in capabilities {
      for (index, pattern) in TypePattern.cover(of: operation).enumerated() {
        let cells =
          index > 0
          ? ["", "", "", "", ""]
          : [
            Self.describe(operation.cutAxes), Self.describe([operation.summedAxes]),
            operation.inPlaceOperands.map(String.init).joined(separator: ","),
            operation.overlappedOperands.map(String.init).joined(separator: ","),
            operation.countsMACs ? "yes" : "",
          ]
        table.add(
          [index > 0 ? "" : operation.builtin.name, pattern.text, pattern.elements] + cells)
      }
    }
    return table.text + "\n\n" + Self.legend
  }

  private static let legend = """
    T is any of the types beside it. cut: axes of results that tiles may cut. summed: axes of the
    summed operand that partial sums may cut. onto: operands that a result may lie on, element
    on element. overlap: operands that a result may overlap, at a safe distance. Where it depends on attributes
    or shapes, what some instance allows.

    The variables that READ_VARIABLE and ASSIGN_VARIABLE keep are declared by VAR_HANDLE and CALL_ONCE, which are read
    with a network and run nothing.
    """

  /// The axes in few words, where all ranks allow that, or else rank by rank.
  private static func describe(_ results: [[AxisUse]]) -> String {
    let uses = Set(results.joined()).filter { $0.rank > 0 }.sorted { $0.rank < $1.rank }
    if uses.allSatisfy(\.axes.isEmpty) { return "" }
    if uses.allSatisfy({ $0.axes.count == $0.rank }) { return "all" }
    if uses.allSatisfy({ $0.axes == Array(0..<$0.rank - 1) }) { return "all but the last" }
    var axes: [Int: Set<Int>] = [:]
    for use in uses { axes[use.rank, default: []].formUnion(use.axes) }
    if uses.map(\.rank).allSatisfy({ axes[$0]?.count == $0 }) { return "all" }
    let lists = axes.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { rank, axes in
      (rank, axes.sorted().map(String.init).joined(separator: ","))
    }
    if axes.count == 1, let list = lists.first { return list.1 }
    return lists.map { "\($0.1) of \($0.0)" }.joined(separator: "; ")
  }
}
