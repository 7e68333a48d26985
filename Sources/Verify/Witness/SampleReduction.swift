internal import Graph
internal import Tensor

/// Makes simpler inputs of one: elements are set to zero.
struct SampleReduction {
  /// One element of one input.
  struct Place: Hashable {
    let input: Int
    let index: Int
  }

  private let name: String
  private let values: [[UInt8]]
  private let zeros: [[UInt8]]
  private let widths: [Int]
  /// The elements that are not at zero.
  let places: [Place]

  init(_ sample: Sample, of graph: Graph) {
    name = sample.name
    let types = graph.inputs.map { graph.tensors[$0].type }
    var generator = SplitMix64(seed: 0)
    values = sample.inputs.map { $0.elements(of: UInt8.self) }
    zeros = types.map {
      SampleValue.zero.bytes(of: $0, using: &generator).elements(of: UInt8.self)
    }
    widths = types.map(\.element.sizeInBytes)
    var places: [Place] = []
    for (input, width) in widths.enumerated() {
      let (value, zero) = (values[input], zeros[input])
      for index in 0..<value.count / width {
        let bytes = index * width..<(index + 1) * width
        if value[bytes] != zero[bytes] { places.append(Place(input: input, index: index)) }
      }
    }
    self.places = places
  }

  /// The input with all but `places` at zero.
  func keeping(_ places: [Place]) -> Sample {
    var kept = zeros
    for place in places {
      let width = widths[place.input]
      for byte in place.index * width..<(place.index + 1) * width {
        kept[place.input][byte] = values[place.input][byte]
      }
    }
    return Sample(name: name, inputs: kept.map { Bytes(copying: $0) })
  }
}
