public import Ops
internal import Tensor

extension Example {
  /// The elements of a result on random operands that belong to `seed`, whole and row-major.
  ///
  /// - Precondition: `check` accepts the signature.
  public func elements(output: Int = 0, profile: Profile, seed: UInt64) -> [UInt8] {
    result(output: output, profile: profile, on: .numbers, seed: seed)
  }

  /// The fingerprints of a result on random operands that belong to `seed`: weights count as they are, and
  /// functions by their parameters.
  ///
  /// - Precondition: `check` accepts the signature.
  public func fingerprints(output: Int = 0, profile: Profile, seed: UInt64) -> [UInt8] {
    let key = FieldKey(SplitMix64.mix(seed), identity: .parameters)
    return result(output: output, profile: profile, on: .field(key), seed: seed)
  }

  private func result(
    output: Int, profile: Profile, on machine: Machine, seed: UInt64
  ) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    let subject = LawSubject(
      self, profile: profile, on: machine, output: output, contents: .uniform, using: &generator)
    return subject.result(of: subject.whole)
  }
}
