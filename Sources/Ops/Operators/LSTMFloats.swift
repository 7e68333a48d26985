internal import Glibc
internal import Tensor

/// A gate of floats: the sums of products with the input and with the hidden state, the bias added to the
/// first, put through a sigmoid or a hyperbolic tangent.
///
/// Source: TensorFlow Lite Micro, `CalculateLstmGate` of floats.
struct LSTMFloatGate: FoldFunction {
  let variant: Int
  private let isTanh: Bool
  private let inputCount: Int
  private let weights: [Float]
  private let bias: Float

  init(_ signature: Signature, _ shape: LSTMShape, gate: Int, cell: Int) {
    variant = gate * shape.cells + cell
    isTanh = gate == 2
    inputCount = shape.inputs
    weights =
      signature.rows(cell..<cell + 1, ofConstant: 1 + gate)
      + signature.rows(cell..<cell + 1, ofConstant: 5 + gate)
    bias = signature.constant(12 + gate)?.elements(of: Float.self)[cell] ?? 0
  }

  func addParameters(to hash: inout SipHash) {
    hash.add(Int32(isTanh ? 1 : 0))
    hash.add(Int32(truncatingIfNeeded: inputCount))
    for weight in weights { hash.add(weight) }
    hash.add(bias)
  }

  /// Both sums, and how many elements they have taken.
  struct State {
    var input: Float
    var hidden: Float
    var count: Int
  }

  @inline(__always)
  func begin(_ x: Float) -> State { extend(State(input: 0, hidden: 0, count: 0), by: x) }

  @inline(__always)
  func extend(_ state: State, by x: Float) -> State {
    var state = state
    let product = weights[state.count] * x
    if state.count < inputCount { state.input += product } else { state.hidden += product }
    state.count &+= 1
    return state
  }

  func finish(_ state: State) -> Float {
    let sum = (state.input + bias) + state.hidden
    return isTanh ? tanhf(sum) : FloatLogistic()(sum)
  }
}

/// The next cell state of floats.
struct LSTMFloatCell: FoldFunction {
  /// The largest magnitude; 0 for any.
  let clip: Float

  /// Below 0: gates have the others.
  var variant: Int { -1 }

  func addParameters(to hash: inout SipHash) { hash.add(clip) }

  /// Forget gate times state, input gate times cell gate: as many as were taken.
  struct State {
    var products: (Float, Float)
    var count: Int
  }

  @inline(__always)
  func begin(_ x: Float) -> State { State(products: (x, 0), count: 1) }

  @inline(__always)
  func extend(_ state: State, by x: Float) -> State {
    var state = state
    switch state.count {
    case 1: state.products.0 *= x
    case 2: state.products.1 = x
    default: state.products.1 *= x
    }
    state.count &+= 1
    return state
  }

  @inline(__always)
  func finish(_ state: State) -> Float {
    let cell = state.products.0 + state.products.1
    return clip > 0 ? max(min(clip, cell), -clip) : cell
  }
}

/// The next hidden state of floats.
struct LSTMFloatHidden: FoldFunction {
  /// Below 0: gates have the others.
  var variant: Int { -2 }

  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func begin(_ x: Float) -> Float { tanhf(x) }

  @inline(__always)
  func extend(_ state: Float, by x: Float) -> Float { state * x }

  @inline(__always)
  func finish(_ state: Float) -> Float { state }
}
