internal import Verify

/// What a report shows of the smallest input and plan that go wrong.
struct WitnessSection: Encodable {
  let steps: [Int]
  let sample: String
  let nonzero: Int
  let elements: Int
  let text: String

  init(_ witness: Witness) {
    steps = witness.steps
    sample = witness.input.sample.name
    nonzero = witness.input.nonzeroCount
    elements = witness.input.elementCount
    text = witness.description
  }
}
