internal import Glibc
internal import Tensor

/// The scales of an LSTM of codes.
struct LSTMScales: Sendable {
  private let signature: Signature

  /// The scales of a signature; `nil` where it is of floats.
  init?(_ signature: Signature) {
    guard signature.input(0).element != .float32 else { return nil }
    self.signature = signature
  }

  private func scale(_ operand: Int) -> Float {
    signature.input(operand).quantization?.scales[0] ?? 1
  }

  /// The cell state's scale.
  var cell: Double { Double(scale(19)) }

  /// The power of two nearest to the cell state's scale.
  var cellPower: Int { Int(log2(cell).rounded()) }

  /// What a sum of products with weights `weights` (operands 1 to 8) is multiplied by: gates are summed in
  /// units of 2^-12.
  func gateFactor(weights: Int, inSingle: Bool) -> Double {
    let (own, other) = (scale(weights), scale(weights < 5 ? 0 : 18))
    return (inSingle ? Double(own * other) : Double(own) * Double(other)) * 0x1p12
  }

  /// What a product of an output gate and a cell state's hyperbolic tangent is multiplied by.
  var hiddenFactor: Double { 0x1p-30 / Double(scale(18)) }

  /// What cell states are clamped to under `clip`, in codes: truncated.
  func cellClip(_ clip: Float, inSingle: Bool) -> Int32 {
    let codes = inSingle ? Double(clip / scale(19)) : Double(clip) / cell
    return Int32(min(codes, 32767))
  }
}

/// A gate: the sums of products with the input and with the hidden state, each rescaled to units of 2^-12,
/// added and put through a sigmoid or a hyperbolic tangent.
///
/// Source: TensorFlow Lite, `LstmStepInteger8x8_16`, and TensorFlow Lite Micro, `CalculateLstmGate`.
struct LSTMCodeGate: FoldFunction {
  let variant: Int
  private let isTanh: Bool
  private let usesTables: Bool
  private let inputCount: Int
  private let weights: [Int8]
  private let zeroPoints: (input: Int32, hidden: Int32)
  private let factors: (input: FixedPointMultiplier, hidden: FixedPointMultiplier)
  private let bias: Int32

  init(
    _ signature: Signature, _ shape: LSTMShape, _ scales: LSTMScales, _ profile: Profile, gate: Int,
    cell: Int
  ) {
    let inSingle = profile.multipliesScalesInSingle
    variant = gate * shape.cells + cell
    isTanh = gate == 2
    usesTables = profile.interpolatesGates
    inputCount = shape.inputs
    weights =
      signature.rows(cell..<cell + 1, ofConstant: 1 + gate)
      + signature.rows(cell..<cell + 1, ofConstant: 5 + gate)
    zeroPoints = (signature.input(0).zeroPoint, signature.input(18).zeroPoint)
    factors = (
      FixedPointMultiplier(scales.gateFactor(weights: 1 + gate, inSingle: inSingle)),
      FixedPointMultiplier(scales.gateFactor(weights: 5 + gate, inSingle: inSingle))
    )
    bias = signature.constant(12 + gate)?.elements(of: Int32.self)[cell] ?? 0
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(Int32(isTanh ? 1 : 0))
    hash.add(Int32(usesTables ? 1 : 0))
    hash.add(Int32(truncatingIfNeeded: inputCount))
    for weight in weights { hash.add(Int32(weight)) }
    hash.add(zeroPoints.input)
    hash.add(zeroPoints.hidden)
    hash.add(factors.input)
    hash.add(factors.hidden)
    hash.add(bias)
  }

  /// Both sums, and how many elements they have taken.
  struct State {
    var input: Int32
    var hidden: Int32
    var count: Int
  }

  @inline(__always)
  func begin(_ x: Int8) -> State { extend(State(input: bias, hidden: 0, count: 0), by: x) }

  @inline(__always)
  func extend(_ state: State, by x: Int8) -> State {
    var state = state
    let weight = Int32(weights[state.count])
    if state.count < inputCount {
      state.input &+= weight &* (Int32(x) &- zeroPoints.input)
    } else {
      state.hidden &+= weight &* (Int32(x) &- zeroPoints.hidden)
    }
    state.count &+= 1
    return state
  }

  func finish(_ state: State) -> Int16 {
    let input = Int32(Int16(clamping: factors.input.roundedTwice(state.input)))
    let hidden = factors.hidden.roundedTwice(state.hidden)
    guard usesTables else {
      let sum = Int16(clamping: hidden &+ input)
      return isTanh ? FixedPoint16.tanh(sum, integerBits: 3) : FixedPoint16.logistic(sum)
    }
    let sum = Int16(clamping: input + Int32(Int16(clamping: hidden)))
    return isTanh ? SigmoidTable.tanh(sum, power: -12) : SigmoidTable.logistic(sum)
  }
}

/// The next cell state: the state times the forget gate, and the input gate times the cell gate.
struct LSTMCodeCell: FoldFunction {
  private let usesTables: Bool
  private let power: Int
  private let factors: (forget: FixedPointMultiplier, input: FixedPointMultiplier)
  /// The largest magnitude; `nil` for any.
  private let clip: Int32?

  /// Below 0: gates have the others.
  var variant: Int { -1 }

  init(_ scales: LSTMScales, _ profile: Profile, clip: Float) {
    usesTables = profile.interpolatesGates
    power = scales.cellPower
    factors = (FixedPointMultiplier(0x1p-15), FixedPointMultiplier(0x1p-30 / scales.cell))
    let codes = scales.cellClip(clip, inSingle: profile.multipliesScalesInSingle)
    // One implementation asks whether there is a clip, the other whether it is a code above 0.
    self.clip = (usesTables ? clip > 0 : codes > 0) ? codes : nil
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(Int32(usesTables ? 1 : 0))
    hash.add(Int32(power))
    hash.add(factors.forget)
    hash.add(factors.input)
    hash.add(clip ?? -1)
  }

  /// Forget gate, state, input gate, cell gate: as many as were taken.
  struct State {
    var products: (Int32, Int32)
    var count: Int
  }

  @inline(__always)
  func begin(_ x: Int16) -> State { State(products: (Int32(x), 0), count: 1) }

  @inline(__always)
  func extend(_ state: State, by x: Int16) -> State {
    var state = state
    switch state.count {
    case 1: state.products.0 &*= Int32(x)
    case 2: state.products.1 = Int32(x)
    default: state.products.1 &*= Int32(x)
    }
    state.count &+= 1
    return state
  }

  func finish(_ state: State) -> Int16 {
    let sum: Int32
    if usesTables {
      sum =
        Int32(Int16(clamping: factors.forget.roundedTwice(state.products.0)))
        + Int32(Int16(clamping: factors.input.roundedTwice(state.products.1)))
    } else {
      let kept = FixedPoint.divide(state.products.0, byPowerOfTwo: 15)
      let added = FixedPoint.divide(state.products.1, byPowerOfTwo: 30 + power)
      sum = Int32(Int16(truncatingIfNeeded: kept)) + Int32(Int16(truncatingIfNeeded: added))
    }
    let cell = Int32(Int16(clamping: sum))
    return Int16(truncatingIfNeeded: clip.map { min(max(cell, -$0), $0) } ?? cell)
  }
}

/// The next hidden state: the output gate times the cell state's hyperbolic tangent.
struct LSTMCodeHidden: FoldFunction {
  private let usesTables: Bool
  private let power: Int
  private let factor: FixedPointMultiplier
  private let zeroPoint: Int32

  /// Below 0: gates have the others.
  var variant: Int { -2 }

  init(_ signature: Signature, _ scales: LSTMScales, _ profile: Profile) {
    usesTables = profile.interpolatesGates
    power = scales.cellPower
    let real = scales.hiddenFactor
    factor = FixedPointMultiplier(profile.multipliesScalesInSingle ? Double(Float(real)) : real)
    zeroPoint = signature.input(18).zeroPoint
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(Int32(usesTables ? 1 : 0))
    hash.add(Int32(power))
    hash.add(factor)
    hash.add(zeroPoint)
  }

  @inline(__always)
  func begin(_ x: Int16) -> Int32 {
    Int32(
      usesTables
        ? SigmoidTable.tanh(x, power: power) : FixedPoint16.tanh(x, integerBits: 15 + power))
  }

  @inline(__always)
  func extend(_ state: Int32, by x: Int16) -> Int32 { state &* Int32(x) }

  @inline(__always)
  func finish(_ state: Int32) -> Int8 { Int8(clamping: factor.roundedTwice(state) &+ zeroPoint) }
}
