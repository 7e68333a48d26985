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
  /// Whether elements were set to zero.
  public let isReduced: Bool
  /// The outputs that are right.
  public let expected: [Bytes]
  /// Those of the other program.
  public let actual: [Bytes]
  /// Where they differ first.
  public let difference: OutputDifference

  /// Sets elements to zero as long as outputs differ; `nil` if they do not differ to begin with.
  ///
  /// An input that somebody gave stays as it is.
  ///
  /// The programs `expected` and `actual` make outputs of inputs of `graph`, which differ if `differ` says
  /// so of the second and the first; at most `tries` inputs are tried.
  static func reduced(
    _ sample: Sample, of graph: Graph, tries: Int, expected: ([Bytes]) throws -> [Bytes],
    actual: ([Bytes]) throws -> [Bytes],
    differ: (_ actual: [Bytes], _ expected: [Bytes]) -> Bool = { $0 != $1 }
  ) throws -> InputWitness? {
    let reduction = SampleReduction(sample, of: graph)
    var tries = tries
    func differs(_ places: [SampleReduction.Place]) throws -> Bool {
      let inputs = reduction.keeping(places).inputs
      return try differ(actual(inputs), expected(inputs))
    }
    var places = reduction.places
    if !sample.isGiven {
      places =
        try places.isEmpty || differs([]) ? [] : places.minimized(tries: &tries, differs)
    }
    let smallest = sample.isGiven ? sample : reduction.keeping(places)
    let (right, other) = (try expected(smallest.inputs), try actual(smallest.inputs))
    let difference = OutputDifference.first(
      expected: right, actual: other, graph: graph, sample: sample.name)
    return difference.map { difference in
      InputWitness(
        sample: smallest, nonzeroCount: places.count,
        elementCount: graph.inputs.reduce(0) { $0 + graph.tensors[$1].type.shape.count },
        isReduced: places.count < reduction.places.count, expected: right, actual: other,
        difference: difference)
    }
  }
}

extension InputWitness: CustomStringConvertible {
  /// What is left of the input, and what differs.
  public var description: String {
    let input =
      nonzeroCount == 0
      ? "an input of zeros"
      : "input \(sample.name)"
        + (isReduced ? ", all but \(nonzeroCount) of \(elementCount) elements set to zero" : "")
    return "\(input): \(difference)"
  }
}
