public import Graph
public import Ops
internal import TiledExec
public import Tensor

/// Compares a network with what another runtime recorded of it, byte for byte.
public struct RecordedCheck {
  /// One recorded run.
  public struct Case: Sendable {
    /// What messages call it.
    public let name: String
    /// By input of the model.
    public let inputs: [Bytes]
    /// Whether variables hold what the last such case left in them; they are reset before all others,
    /// and before the first.
    public let keepsState: Bool
    /// By output of the model; `nil` for one that was not recorded.
    public let outputs: [Bytes?]

    /// Makes a case.
    public init(
      name: String, inputs: [Bytes], keepsState: Bool = false, outputs: [Bytes?]
    ) {
      self.name = name
      self.inputs = inputs
      self.keepsState = keepsState
      self.outputs = outputs
    }
  }

  /// An output, or a tensor inside, that is not what was recorded.
  public struct Mismatch: Hashable, Sendable {
    /// The case.
    public let caseName: String
    /// The output's place among the network's outputs; `nil` for a tensor inside.
    public let output: Int?
    /// The tensor.
    public let tensor: Int
    /// Its name.
    public let name: String
    /// The operator that makes it.
    public let producer: Int?
    /// Elements that differ; `nil` where a hash alone was recorded.
    public let count: Int?
    /// All elements.
    public let elementCount: Int
    /// How far floats are off, relative to the largest one recorded; infinite where an output is not of
    /// floats.
    public let relativeDifference: Double
    /// The first coordinate that differs, with the recorded and the computed bytes.
    public let first: Element?
  }

  /// One element that differs.
  public struct Element: Hashable, Sendable {
    /// Its coordinate.
    public let coordinate: [Int]
    /// What was recorded.
    public let recorded: ElementValue
    /// What was computed.
    public let computed: ElementValue
  }

  private let graph: Graph
  private let reference: NetworkExecutor

  /// Prepares to run the network.
  public init(_ graph: Graph, profile: Profile) throws {
    self.graph = graph
    reference = try NetworkExecutor(graph, profile: profile, isGuarded: true)
  }

  /// Runs cases, in order, and returns every output that differs.
  public func mismatches(in cases: [Case]) throws -> [Mismatch] {
    var state = graph.initialState
    var mismatches: [Mismatch] = []
    for recorded in cases {
      let outputs = try reference.run(
        recorded.inputs + (recorded.keepsState ? state : graph.initialState))
      if recorded.keepsState { state = outputs.suffix(graph.variables.count) }
      for (index, expected) in recorded.outputs.enumerated() {
        guard let expected else { continue }
        let mismatch = compare(
          outputs[index], expected, tensor: graph.outputs[index], output: index, recorded.name)
        if let mismatch { mismatches.append(mismatch) }
      }
    }
    return mismatches
  }

  /// Runs a case from a reset on and returns the first tensor, in the order of execution, whose bytes
  /// `isRecorded` refuses; tensors for which it returns `nil` were not recorded.
  public func firstMismatch(
    in recorded: Case, isRecorded: (_ tensor: Int, _ value: Bytes) -> Bool?
  ) throws -> Mismatch? {
    var run = try NetworkRun(reference, inputs: recorded.inputs + graph.initialState)
    while let op = run.performNextOperator() {
      for tensor in graph.nodes[op].outputs {
        guard let value = run.value(of: tensor), isRecorded(tensor, value) == false else {
          continue
        }
        return Mismatch(
          caseName: recorded.name, output: nil, tensor: tensor,
          name: graph.tensors[tensor].shortName, producer: op, count: nil,
          elementCount: graph.tensors[tensor].type.shape.count, relativeDifference: .infinity,
          first: nil)
      }
    }
    return nil
  }

  private func compare(
    _ computed: Bytes, _ expected: Bytes, tensor: Int, output: Int, _ caseName: String
  ) -> Mismatch? {
    let type = graph.tensors[tensor].type
    let differences = ElementDifferences(expected: expected, actual: computed, type: type)
    guard let differences else { return nil }
    return Mismatch(
      caseName: caseName, output: output, tensor: tensor, name: graph.tensors[tensor].shortName,
      producer: graph.producers[tensor], count: differences.count, elementCount: type.shape.count,
      relativeDifference: FloatDifference.relative(computed, expected, type.element),
      first: Element(
        coordinate: type.shape.coordinate(at: differences.first), recorded: differences.expected,
        computed: differences.actual))
  }
}

extension RecordedCheck.Mismatch: CustomStringConvertible {
  /// What differs, where, and by what.
  public var description: String {
    let place = output.map { "output \($0)" } ?? "tensor \(tensor)"
    let maker = producer.map { ", made by operator \($0)" } ?? ""
    guard let first, let count else { return "\(caseName): \(place) (\(name))\(maker) differs" }
    let by = relativeDifference.isFinite ? " by up to \(relativeDifference) of the largest" : ""
    return
      "\(caseName): \(place) (\(name))\(maker): \(count) of \(elementCount) elements differ\(by), "
      + "the first at \(first.coordinate): recorded \(first.recorded), "
      + "computed \(first.computed)"
  }
}
