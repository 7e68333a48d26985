public import Tensor

/// A reference implementation that kernels equal bit for bit.
///
/// Where the two implementations differ, a profile holds one named rule per difference;
/// `docs/profiles.md` lists them with the evidence.
public struct Profile: Hashable, Sendable {
  /// The name on the command line and in plans.
  public let name: String
  /// How FULLY_CONNECTED rounds its requantization.
  public let fullyConnectedRounding: Rounding
  /// Whether LOGISTIC and TANH of 8-bit codes are tables of rounded floats, in place of fixed-point
  /// arithmetic.
  public let tabulatesSigmoids: Bool
  /// Whether RELU6 of codes rescales to the result's quantization, in place of clamping codes alone.
  public let rescalesRelu6: Bool
  /// Whether the multipliers of operators that `docs/profiles.md` lists are derived in single precision.
  public let multipliesScalesInSingle: Bool
  /// Whether ADD and SUB of int16 shift codes whose scales are powers of two, where the options say so.
  public let shiftsPowersOfTwo: Bool
  /// Whether ADD of integers that stand for themselves applies its activation.
  public let clampsIntegerSums: Bool
  /// Whether ADD_N keeps sums of floats finite, starting from the first operand, in place of adding to 0.
  public let clampsSumOfMany: Bool
  /// Whether the gates of an LSTM of codes interpolate in a table, their two sums clamped one by one, in
  /// place of fixed-point arithmetic.
  public let interpolatesGates: Bool
  /// Whether SVDF of floats adds the bias after its filters, in place of the filters to the bias.
  public let addsMemoryBiasLast: Bool
  /// Whether RSQRT of int16 interpolates in a table of rounded floats, in place of fixed-point arithmetic.
  public let interpolatesReciprocalRoots: Bool
  /// Whether detection takes the first of classes of one score, in place of the one that the heap of
  /// a partial sort leaves on top.
  public let ordersEqualClasses: Bool
  /// Whether detection counts every class of a box as a detection, and leaves as many slots between two.
  public let countsClassesAsDetections: Bool
  /// Whether the margins of SPACE_TO_BATCH_ND, and of PAD of int16, hold the zero point, in place of the
  /// code 0.
  public let padsByZeroPoint: Bool
  /// Whether a reduction of all axes starts from the first float, in place of 0 or the farthest number.
  public let startsFoldsFromFirst: Bool
  /// Whether ARG_MAX and ARG_MIN pass over NaNs, in place of keeping to the first element if that is one.
  public let passesOverNaNs: Bool
  /// Whether the table of reciprocals of SOFTMAX of int16 is made in double precision.
  public let tabulatesSoftmaxInDouble: Bool

  /// TensorFlow Lite Micro's reference kernels: what runs on the microcontroller.
  public static let tflm = Profile(
    name: "tflm",
    fullyConnectedRounding: .twice,
    tabulatesSigmoids: false,
    rescalesRelu6: false,
    multipliesScalesInSingle: false,
    shiftsPowersOfTwo: false,
    clampsIntegerSums: false,
    clampsSumOfMany: false,
    interpolatesGates: true,
    addsMemoryBiasLast: false,
    interpolatesReciprocalRoots: false,
    ordersEqualClasses: true,
    countsClassesAsDetections: true,
    padsByZeroPoint: false,
    startsFoldsFromFirst: false,
    passesOverNaNs: false,
    tabulatesSoftmaxInDouble: false)
  /// LiteRT's reference kernels (`BUILTIN_REF`).
  public static let litert = Profile(
    name: "litert",
    fullyConnectedRounding: .once,
    tabulatesSigmoids: true,
    rescalesRelu6: true,
    multipliesScalesInSingle: true,
    shiftsPowersOfTwo: true,
    clampsIntegerSums: true,
    clampsSumOfMany: true,
    interpolatesGates: false,
    addsMemoryBiasLast: true,
    interpolatesReciprocalRoots: true,
    ordersEqualClasses: false,
    countsClassesAsDetections: false,
    padsByZeroPoint: true,
    startsFoldsFromFirst: true,
    passesOverNaNs: true,
    tabulatesSoftmaxInDouble: true)

  /// Every profile, the default first.
  public static let all = [tflm, litert]

  /// The profile of that name.
  public static func named(_ name: String) -> Profile? { all.first { $0.name == name } }
}
