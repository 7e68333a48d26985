public import Tensor

/// A reference implementation that kernels equal bit for bit.
///
/// Where the two implementations differ, a profile holds one named rule per difference;
/// `docs/profiles.md` lists them with the evidence.
public struct Profile: Hashable, Sendable {
  /// The name on the command line and in plans.
  public let name: String
  /// How FULLY_CONNECTED rounds its requantization of 8-bit codes.
  public let fullyConnectedRounding: Rounding
  /// Whether LOGISTIC and TANH of 8-bit codes are tables of rounded floats, in place of fixed-point
  /// arithmetic.
  public let tabulatesSigmoids: Bool
  /// Whether RELU6 of codes rescales to the result's quantization, in place of clamping codes alone.
  public let rescalesRelu6: Bool
  /// Whether MUL, RELU, LEAKY_RELU, PRELU, SVDF and LSTMs derive their multipliers in single precision.
  public let multipliesScalesInSingle: Bool
  /// Whether the gates of an LSTM of codes interpolate in a table, their two sums clamped one by one, in
  /// place of fixed-point arithmetic.
  public let interpolatesGates: Bool
  /// Whether RSQRT of int16 interpolates in a table of rounded floats, in place of fixed-point arithmetic.
  public let interpolatesReciprocalRoots: Bool
  /// Whether detection takes the first of classes of one score, in place of the one that the heap of
  /// a partial sort leaves on top.
  public let ordersEqualClasses: Bool
  /// Whether detection counts every class of a box as a detection, and leaves as many slots between two.
  public let countsClassesAsDetections: Bool

  /// TensorFlow Lite Micro's reference kernels: what runs on the microcontroller.
  public static let tflm = Profile(
    name: "tflm",
    fullyConnectedRounding: .twice,
    tabulatesSigmoids: false,
    rescalesRelu6: false,
    multipliesScalesInSingle: false,
    interpolatesGates: true,
    interpolatesReciprocalRoots: false,
    ordersEqualClasses: true,
    countsClassesAsDetections: true)
  /// LiteRT's reference kernels (`BUILTIN_REF`).
  public static let litert = Profile(
    name: "litert",
    fullyConnectedRounding: .once,
    tabulatesSigmoids: true,
    rescalesRelu6: true,
    multipliesScalesInSingle: true,
    interpolatesGates: false,
    interpolatesReciprocalRoots: true,
    ordersEqualClasses: false,
    countsClassesAsDetections: false)

  /// Every profile, the default first.
  public static let all = [tflm, litert]

  /// The profile of that name.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }
}
