internal import Graph
internal import Tensor

/// Makes simpler inputs of one: elements are set to zero.
struct SampleReduction {
  /// One element of one input.
  struct Place: Hashable {
    let input: Int
    let index: Int
  }

  private let sample: Sample
  private let zero: [Bytes]
  private let widths: [Int]
  /// The elements that are not at zero.
  let places: [Place]

  init(_ sample: Sample, of graph: Graph) {
    self.sample = sample
    let types = graph.inputs.map { graph.tensors[$0].type }
    var generator = SplitMix64(seed: 0)
    zero = types.map { SampleValue.zero.bytes(of: $0, using: &generator) }
    widths = types.map(\.element.sizeInBytes)
    var places: [Place] = []
    for (input, width) in widths.enumerated() {
      let (value, rest) = (
        sample.inputs[input].elements(of: UInt8.self), zero[input].elements(of: UInt8.self)
      )
      for index in 0..<value.count / width {
        let bytes = index * width..<(index + 1) * width
        if value[bytes] != rest[bytes] { places.append(Place(input: input, index: index)) }
      }
    }
    self.places = places
  }

  /// The input with all but `places` at zero.
  func keeping(_ places: [Place]) -> Sample {
    var values = zero.map { $0.elements(of: UInt8.self) }
    for place in places {
      let width = widths[place.input]
      let bytes = place.index * width..<(place.index + 1) * width
      values[place.input].replaceSubrange(
        bytes, with: sample.inputs[place.input].elements(of: UInt8.self)[bytes])
    }
    return Sample(name: sample.name, inputs: values.map { Bytes(copying: $0) })
  }
}
