public import Graph

/// Something wrong with an offline memory plan, of which TensorFlow Lite Micro checks the count alone.
public enum OfflinePlanFinding: Hashable, Sendable {
  /// Another number of offsets than of tensors in all subgraphs: the model is not loaded.
  case count(found: Int, expected: Int)
  /// An offset below -1, before the arena's start.
  case negative(tensor: Int, offset: Int)
  /// An offset that is no multiple of 16.
  case misaligned(tensor: Int, offset: Int)
  /// A tensor that ends past the bound of all plans, 256 MiB.
  case tooHigh(tensor: Int, end: Int)
  /// Two buffers that are in use at the same time, at the same addresses.
  case overlap(
    MicroBuffer.Content, MicroBuffer.Content, addresses: Range<Int>, scopes: ClosedRange<Int>)
  /// A variable that is not left alone between runs.
  case overwrittenState(variable: Int, by: MicroBuffer.Content, addresses: Range<Int>)

  /// What is wrong, in one word or two.
  public var kind: String {
    switch self {
    case .count: "count"
    case .negative: "negative"
    case .misaligned: "misaligned"
    case .tooHigh: "too high"
    case .overlap: "overlap"
    case .overwrittenState: "overwritten state"
    }
  }

  /// The tensors that it is about.
  public var tensors: [Int] {
    switch self {
    case .count: []
    case .negative(let tensor, _), .misaligned(let tensor, _), .tooHigh(let tensor, _): [tensor]
    case .overlap(let first, let second, _, _): [first, second].compactMap(\.tensor)
    case .overwrittenState(let variable, let other, _): [variable] + [other].compactMap(\.tensor)
    }
  }

  /// Place, what was expected, what was found.
  public func text(in graph: Graph) -> String {
    func name(_ content: MicroBuffer.Content) -> String { content.name(in: graph) }
    return switch self {
    case .count(let found, let expected):
      "expected \(expected) offsets, one per tensor of all subgraphs, found \(found): "
        + "the model is not loaded"
    case .negative(let tensor, let offset):
      "\(name(.tensor(tensor))): expected an offset from 0, or -1, found \(offset)"
    case .misaligned(let tensor, let offset):
      "\(name(.tensor(tensor))): expected a multiple of \(MicroBuffer.alignment), found \(offset)"
    case .tooHigh(let tensor, let end):
      "\(name(.tensor(tensor))): expected an end of at most \(Plan.largestPeakInBytes), found \(end)"
    case .overlap(let first, let second, let addresses, let scopes):
      "\(name(first)) and \(name(second)) share bytes \(addresses) \(Self.time(scopes, graph))"
    case .overwrittenState(let variable, let other, let addresses):
      "\(name(.tensor(variable))) is kept between runs, and shares bytes \(addresses) with "
        + name(other)
    }
  }

  /// When both are in use.
  private static func time(_ scopes: ClosedRange<Int>, _ graph: Graph) -> String {
    let (first, last) = (scopes.lowerBound - 1, scopes.upperBound - 1)
    guard graph.nodes.indices.contains(last) else { return "before the first operator" }
    let name = graph.nodes[last].operatorName
    return first == last
      ? "during operator \(last) (\(name))"
      : "until operator \(last) (\(name))"
  }
}

extension MicroBuffer.Content {
  /// The tensor's index; `nil` for scratch.
  public var tensor: Int? {
    if case .tensor(let index) = self { index } else { nil }
  }

  /// What people call it.
  func name(in graph: Graph) -> String {
    switch self {
    case .tensor(let index):
      graph.tensors.indices.contains(index)
        ? "t\(index) (\(graph.tensors[index].shortName))" : "t\(index)"
    case .scratch(let op): "scratch of operator \(op)"
    }
  }
}
