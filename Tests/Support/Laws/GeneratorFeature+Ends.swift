package import Ops
internal import Tensor

extension GeneratorFeature {
  /// What one example hits, and which ends of codes it reaches with operands drawn from `seed`.
  package static func all(in example: Example, seed: UInt64) -> Set<GeneratorFeature> {
    var generator = SplitMix64(seed: seed)
    let found = all(in: example)
    guard example.signature.outputs[0].quantization != nil else { return found }
    let subject = LawSubject(example, profile: .tflm, contents: .uniform, using: &generator)
    let codes = Bytes(copying: subject.result(of: subject.whole)).codes(of: subject.type.element)
    return found.union(ends(of: codes, in: example))
  }
}
