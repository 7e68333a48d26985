internal import Graph
internal import Ops
internal import Tensor

/// An operator that says of itself what the sound one does, and does what it does, but for one alteration.
struct AlteredOperator<Sound: Operator>: Operator {
  static var builtins: [Builtin] { Sound.builtins }
  static var countsMACs: Bool { Sound.countsMACs }
  static var fillsResults: Bool { Sound.fillsResults }
  static var stateOperands: [Int] { Sound.stateOperands }
  static var stateHasHandle: Bool { Sound.stateHasHandle }
  static var stateIsResult: Bool { Sound.stateIsResult }
  static var intermediates: [Int] { Sound.intermediates }

  private let sound: Sound
  private let alteration: OperatorAlteration

  init(_ sound: Sound, _ alteration: OperatorAlteration) {
    self.sound = sound
    self.alteration = alteration
  }

  init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    self.init(try Sound(builtin, options: options), OperatorAlteration())
  }

  var builtin: Builtin { sound.builtin }
  var options: OptionValues { sound.options }
  var resultShapes: [Shape] { sound.resultShapes }

  func statedOptions(_ signature: Signature) -> OptionValues { sound.statedOptions(signature) }

  func version(_ signature: Signature) -> Int { sound.version(signature) }

  func check(_ signature: Signature) throws(OperatorError) { try sound.check(signature) }

  func isImplemented(_ signature: Signature, by profile: Profile) -> Bool {
    sound.isImplemented(signature, by: profile)
  }

  func randomValue(
    of operand: Int, _ signature: Signature, using generator: inout SplitMix64
  ) -> Bytes? { sound.randomValue(of: operand, signature, using: &generator) }

  func access(_ signature: Signature, output: Int) -> Access {
    let access = sound.access(signature, output: output)
    return alteration.access?(access, signature, output) ?? access
  }

  func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    alteration.kernel?(sound, signature, profile) ?? sound.kernel(for: signature, profile: profile)
  }

  func macs(
    _ signature: Signature, _ access: Access, output: Int, over region: Region, reduce: Region
  ) -> Int { sound.macs(signature, access, output: output, over: region, reduce: reduce) }

  func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    sound.inPlace(signature, operand: operand, output: output)
  }

  func microMemory(_ signature: Signature) -> MicroMemory { sound.microMemory(signature) }

  func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] { sound.real(inputs, signature: signature, products: products) }

  func errorBound(_ inputs: [RealTensor?], signature: Signature, output: Int) -> Double {
    sound.errorBound(inputs, signature: signature, output: output)
  }

  static func random(using generator: inout SplitMix64) -> Example {
    Sound.random(using: &generator)
  }
}
