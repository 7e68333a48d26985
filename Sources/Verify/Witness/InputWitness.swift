internal import Graph
public import Tensor

/// An input on which two programs compute different outputs, reduced to what that takes.
public struct InputWitness: Sendable {
  /// The input, most of it at zero.
  public let sample: Sample
  /// How many elements of the input are not at zero.
  public let nonzeroCount: Int
  /// All elements of the input.
  public let elementCount: Int
  /// The outputs that are right.
  public let expected: [Bytes]
  /// Those of the other program.
  public let actual: [Bytes]
  /// Where they differ first.
  public let difference: OutputDifference

  /// Sets elements to zero as long as outputs differ; `nil` if they do not differ to begin with.
  ///
  /// The programs `expected` and `actual` make outputs of inputs of `graph`; at most `tries` inputs are
  /// tried.
  static func reduced(
    _ sample: Sample, of graph: Graph, tries: Int, expected: ([Bytes]) throws -> [Bytes],
    actual: ([Bytes]) throws -> [Bytes]
  ) throws -> InputWitness? {
    let reduction = SampleReduction(sample, of: graph)
    var tries = tries
    func differs(_ places: [SampleReduction.Place]) throws -> Bool {
      let inputs = reduction.keeping(places).inputs
      return try actual(inputs) != expected(inputs)
    }
    let places =
      try reduction.places.isEmpty || differs([])
      ? [] : reduction.places.minimized(tries: &tries, differs)
    let smallest = reduction.keeping(places)
    let (right, other) = (try expected(smallest.inputs), try actual(smallest.inputs))
    let difference = OutputDifference.first(
      expected: right, actual: other, graph: graph, sample: sample.name)
    return difference.map { difference in
      InputWitness(
        sample: smallest, nonzeroCount: places.count,
        elementCount: graph.inputs.reduce(0) { $0 + graph.tensors[$1].type.shape.count },
        expected: right, actual: other, difference: difference)
    }
  }
}

extension InputWitness: CustomStringConvertible {
  /// What is left of the input, and what differs.
  public var description: String {
    let rest = elementCount - nonzeroCount
    let change = rest == 0 ? "" : ", \(rest) of \(elementCount) elements set to zero"
    return "input \(sample.name)\(change): \(difference)"
  }
}
