import Ops
import Tensor

/// CONV_2D, wrong in one way: what the laws are there to find.
struct BrokenConvolution: Operator {
  /// The way in which it is wrong.
  enum Fault: Int8, CaseIterable, Sendable {
    /// The rule states one row less than each window reads.
    case shortHalo
    /// The rule states one row more than each window reads.
    case wastefulAccess
    /// Partial sums lose their lowest bits.
    case roundsEarly
    /// A tile is taken for a tensor of its own, with padding at its edges.
    case ignoresOrigin
    /// The last channel of a tile is not written.
    case leavesGap
    /// The byte after the tile's last element is changed.
    case writesBeyond
    /// The result is said to be allowed on the operand, element on element.
    case claimsInPlace
    /// The bound on the error is less than rounding takes.
    case tightBound
    /// Attributes are lost on the way to options.
    case forgetsStride
    /// The last input channel is not added.
    case skipsChannel

    /// The slot of the options that states the fault.
    static let slot = 99
  }

  static let builtins = Conv2D.builtins
  static let countsMACs = true

  let sound: Conv2D
  let fault: Fault

  init(_ sound: Conv2D, _ fault: Fault) {
    self.sound = sound
    self.fault = fault
  }

  init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    sound = try Conv2D(builtin, options: options)
    let code = try options.int8(Fault.slot, default: 0)
    guard let fault = Fault(rawValue: code) else {
      throw OptionError(slot: Fault.slot, expected: "a fault, not \(code)")
    }
    self.fault = fault
  }

  var options: OptionValues {
    var options = sound.options
    options.values[Fault.slot] = .int8(fault.rawValue)
    if fault == .forgetsStride { options.values[1] = .int32(1) }
    return options
  }

  func check(_ signature: Signature) throws(OperatorError) { try sound.check(signature) }

  func access(_ signature: Signature, output: Int) -> Access {
    let access = sound.access(signature, output: output)
    guard
      case .window(let axis, let size, let stride, let dilation, let offset) =
        access.operands[0][1]
    else { return access }
    var operands = access.operands
    switch fault {
    case .shortHalo:
      operands[0][1] = .window(
        axis: axis, size: max(size - 1, 1), stride: stride, dilation: dilation, offset: offset)
    case .wastefulAccess:
      operands[0][1] = .window(
        axis: axis, size: size + 1, stride: stride, dilation: dilation, offset: offset)
    default: break
    }
    return Access(operands, signature: signature)
  }

  func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    let kernel = sound.kernel(for: signature, profile: profile)
    guard let summing = kernel as? any SummingKernel<BrokenKernelTerms> else { return kernel }
    switch fault {
    case .roundsEarly: return EarlyRoundingKernel(sound: summing)
    case .ignoresOrigin: return TileAsTensorKernel(sound: summing)
    case .leavesGap: return GapKernel(sound: summing)
    case .writesBeyond: return OverrunKernel(sound: summing)
    case .skipsChannel: return ForgetfulKernel(sound: summing)
    case .claimsInPlace: return EachRowKernel(sound: summing)
    case .shortHalo, .wastefulAccess, .tightBound, .forgetsStride: return kernel
    }
  }

  func inPlace(_ signature: Signature, operand: Int, output: Int) -> InPlace {
    fault == .claimsInPlace && signature.input(0).shape == signature.outputs[0].shape
      && operand == 0 ? .sameAddress : .never
  }

  func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    sound.real(inputs, signature: signature, products: products)
  }

  func errorBound(_ inputs: [RealTensor?], signature: Signature, output: Int) -> Double {
    fault == .tightBound
      ? 0.45 : sound.errorBound(inputs, signature: signature, output: output)
  }

  /// Of int8, as the broken kernels are.
  static func random(using generator: inout SplitMix64) -> Example {
    while true {
      let example = Conv2D.random(using: &generator)
      if example.signature.outputs[0].element == .int8 { return example }
    }
  }
}
