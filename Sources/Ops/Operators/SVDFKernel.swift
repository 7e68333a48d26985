internal import Tensor

/// The extents of an SVDF.
struct SVDFShape: Sendable {
  /// Inputs of a batch.
  let inputs: Int
  /// Filters to a unit.
  let rank: Int
  /// Runs that the state remembers.
  let memory: Int
}

/// An SVDF whose features and units are functions of their operands, each taken in order.
///
/// Source: TensorFlow Lite, `reference_ops::EvalIntegerSVDF` and `EvalFloatSVDF`.
struct SVDFKernel<Feature: FoldFunction, Unit: FoldFunction>: ElementKernel
where Unit.Input == Feature.Output {
  private let shape: SVDFShape
  /// By filter, what the input makes.
  private let features: [Feature]
  /// By unit, what its filters' states make.
  private let units: [Unit]

  init(_ shape: SVDFShape, features: [Feature], units: [Unit]) {
    self.shape = shape
    self.features = features
    self.units = units
  }

  func valueCount(of region: Region) -> Int { region.count * (shape.rank + 1) }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    let (rank, memory) = (shape.rank, shape.memory)
    let (input, state) = (call.input(0), call.input(4))
    for batch in call.region[0] {
      let (inputs, states) = (input.row(at: [batch, 0]), state.row(at: [batch, 0]))
      let target = output.row(at: [batch, 0])
      func feature(_ filter: Int, to place: ElementPlace) {
        arithmetic.fold(features[filter], count: shape.inputs, { inputs[$0] }, to: place)
      }
      for column in call.region[1] {
        guard call.output == 0 else {
          if column % memory == memory - 1 {
            feature(column / memory, to: target[column])
          } else {
            arithmetic.copy(states[column + 1], to: target[column])
          }
          continue
        }
        arithmetic.withScratch(state.element, count: rank) { latest in
          for filter in 0..<rank { feature(column * rank + filter, to: latest[filter]) }
          func known(_ index: Int) -> ElementPlace {
            let (filter, time) = index.quotientAndRemainder(dividingBy: memory)
            return time == memory - 1
              ? latest[filter] : states[column * rank * memory + index + 1]
          }
          arithmetic.fold(units[column], count: rank * memory, known, to: target[column])
        }
      }
    }
  }
}

/// The scales of an SVDF of codes.
struct SVDFScales {
  /// Input, feature weights, state, time weights, result.
  private let scales: [Float]

  /// The scales of a signature; `nil` where it is of floats.
  init?(_ signature: Signature) {
    guard signature.input(0).element != .float32 else { return nil }
    let types = [0, 1, 4, 2].map { signature.input($0) } + [signature.outputs[0]]
    scales = types.compactMap { $0.quantization?.scales[0] }
  }

  /// What a sum of features is multiplied by, in double precision.
  var feature: Double { Double(scales[0]) * Double(scales[1]) / Double(scales[2]) }
  /// What a sum over time is multiplied by, in double precision.
  var time: Double { Double(scales[2]) * Double(scales[3]) / Double(scales[4]) }

  /// Both factors, rounded at each step where they are derived in single precision.
  func factors(
    inSingle: Bool
  ) -> (feature: FixedPointMultiplier, time: FixedPointMultiplier) {
    let single = (scales[0] * scales[1] / scales[2], scales[2] * scales[3] / scales[4])
    return (
      FixedPointMultiplier(inSingle ? Double(single.0) : feature),
      FixedPointMultiplier(inSingle ? Double(single.1) : time)
    )
  }

  /// How a bias of sums over time is quantized.
  static func bias(_ times: TensorType, _ state: TensorType) -> Quantization? {
    guard let time = times.quantization?.scales[0], let state = state.quantization?.scales[0] else {
      return nil
    }
    return Quantization(scale: time * state, zeroPoint: 0)
  }
}

/// A filter's feature: the sum of products of codes, rescaled to the state's codes.
struct SVDFCodeFeature<StateCode: FixedWidthInteger & Stored>: FoldFunction {
  let variant: Int
  private let weights: [Int8]
  private let zeroPoint: Int32
  private let factor: FixedPointMultiplier
  private let stateZeroPoint: Int32

  init(_ signature: Signature, filter: Int, _ factor: FixedPointMultiplier) {
    weights = signature.rows(filter..<filter + 1, ofConstant: 1)
    zeroPoint = signature.input(0).zeroPoint
    stateZeroPoint = signature.input(4).zeroPoint
    variant = filter
    self.factor = factor
  }

  func addParameters(to hash: inout SipHash) {
    for weight in weights { hash.add(Int32(weight)) }
    hash.add(zeroPoint)
    hash.add(factor)
    hash.add(stateZeroPoint)
  }

  @inline(__always)
  func begin(_ x: Int8) -> (sum: Int32, next: Int) { extend((0, 0), by: x) }

  @inline(__always)
  func extend(_ state: (sum: Int32, next: Int), by x: Int8) -> (sum: Int32, next: Int) {
    (state.sum &+ Int32(weights[state.next]) &* (Int32(x) &- zeroPoint), state.next &+ 1)
  }

  /// Clamps before the zero point is added: the code may wrap.
  @inline(__always)
  func finish(_ state: (sum: Int32, next: Int)) -> StateCode {
    StateCode(clamping: factor.roundedTwice(state.sum))
      &+ StateCode(truncatingIfNeeded: stateZeroPoint)
  }
}

/// A unit: the sum of its states' products over time, rescaled to the result's codes.
struct SVDFCodeUnit<StateCode: FixedWidthInteger & Stored>: FoldFunction {
  /// Below 0: features have the others.
  let variant: Int
  private let weights: [StateCode]
  private let stateZeroPoint: Int32
  private let bias: Int32
  private let factor: FixedPointMultiplier
  private let zeroPoint: Int32

  init(_ signature: Signature, _ shape: SVDFShape, unit: Int, _ factor: FixedPointMultiplier) {
    weights = signature.rows(unit * shape.rank..<(unit + 1) * shape.rank, ofConstant: 2)
    stateZeroPoint = signature.input(4).zeroPoint
    bias = signature.constant(3)?.elements(of: Int32.self)[unit] ?? 0
    zeroPoint = signature.outputs[0].zeroPoint
    variant = -1 - unit
    self.factor = factor
  }

  func addParameters(to hash: inout SipHash) {
    for weight in weights { hash.add(Int32(weight)) }
    hash.add(stateZeroPoint)
    hash.add(bias)
    hash.add(factor)
    hash.add(zeroPoint)
  }

  @inline(__always)
  func begin(_ x: StateCode) -> (sum: Int32, next: Int) { extend((bias, 0), by: x) }

  @inline(__always)
  func extend(_ state: (sum: Int32, next: Int), by x: StateCode) -> (sum: Int32, next: Int) {
    (state.sum &+ Int32(weights[state.next]) &* (Int32(x) &- stateZeroPoint), state.next &+ 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Int32, next: Int)) -> Int8 {
    Int8(clamping: factor.roundedTwice(state.sum) &+ zeroPoint)
  }
}

/// A filter's feature: the sum of products of floats.
struct SVDFFloatFeature: FoldFunction {
  let variant: Int
  private let weights: [Float]

  init(_ signature: Signature, filter: Int) {
    weights = signature.rows(filter..<filter + 1, ofConstant: 1)
    variant = filter
  }

  func addParameters(to hash: inout SipHash) {
    for weight in weights { hash.add(weight) }
  }

  @inline(__always)
  func begin(_ x: Float) -> (sum: Float, next: Int) { extend((0, 0), by: x) }

  @inline(__always)
  func extend(_ state: (sum: Float, next: Int), by x: Float) -> (sum: Float, next: Int) {
    (state.sum + weights[state.next] * x, state.next &+ 1)
  }

  @inline(__always)
  func finish(_ state: (sum: Float, next: Int)) -> Float { state.sum }
}

/// A unit: the bias, and each filter's sum of products over time, of floats.
struct SVDFFloatUnit: FoldFunction {
  /// Below 0: features have the others.
  let variant: Int
  private let weights: [Float]
  private let memory: Int
  private let bias: Float
  /// Whether the bias is added after the filters, in place of the filters to it.
  private let addsBiasLast: Bool
  private let clamp: FloatClamp

  init(
    _ signature: Signature, _ shape: SVDFShape, unit: Int, _ activation: Activation,
    addsBiasLast: Bool
  ) {
    self.addsBiasLast = addsBiasLast
    weights = signature.rows(unit * shape.rank..<(unit + 1) * shape.rank, ofConstant: 2)
    bias = signature.constant(3)?.elements(of: Float.self)[unit] ?? 0
    memory = shape.memory
    variant = -1 - unit
    clamp = FloatClamp(activation)
  }

  func addParameters(to hash: inout SipHash) {
    for weight in weights { hash.add(weight) }
    hash.add(Int32(truncatingIfNeeded: memory))
    hash.add(bias)
    hash.add(addsBiasLast ? 1 : 0 as Int32)
    clamp.addParameters(to: &hash)
  }

  /// What is known of a unit: the sum of the filters so far, that of the present one, and how many states
  /// it has taken.
  struct State {
    var sum: Float
    var filterSum: Float
    var count: Int
  }

  @inline(__always)
  func begin(_ x: Float) -> State {
    extend(State(sum: addsBiasLast ? 0 : bias, filterSum: 0, count: 0), by: x)
  }

  @inline(__always)
  func extend(_ state: State, by x: Float) -> State {
    var state = state
    state.filterSum += weights[state.count] * x
    state.count &+= 1
    if state.count % memory == 0 {
      state.sum += state.filterSum
      state.filterSum = 0
    }
    return state
  }

  @inline(__always)
  func finish(_ state: State) -> Float { clamp(addsBiasLast ? state.sum + bias : state.sum) }
}
