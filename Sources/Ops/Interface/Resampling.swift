/// Where the coordinates of a resized axis lie between those of the operand.
///
/// Source: TensorFlow Lite, `reference_ops::GetNearestNeighbor`, `ComputeInterpolationValues`,
/// `ComputeInterpolationValuesInteger`.
public struct Resampling: Hashable, Sendable {
  /// What places are computed with.
  public enum Arithmetic: Hashable, Sendable {
    /// Single precision, rounded to one coordinate.
    case nearest
    /// Single precision.
    case single
    /// Whole numbers of 1/1024.
    case fixed
  }

  /// The extent of the operand, 1 or more.
  public let inputs: Int
  /// The extent of the result, 1 or more.
  public let outputs: Int
  /// What places are computed with.
  public let arithmetic: Arithmetic
  /// Whether the first coordinates lie on each other, and the last ones.
  public let alignsCorners: Bool
  /// Whether places are those of the middle of a pixel.
  public let centersPixels: Bool

  /// The largest extent for which every place fits 32 bits.
  static let largestExtent = 1 << 20

  /// Places `outputs` coordinates among `inputs`.
  public init(
    from inputs: Int, to outputs: Int, _ arithmetic: Arithmetic, alignsCorners: Bool = false,
    centersPixels: Bool = false
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.arithmetic = arithmetic
    self.alignsCorners = alignsCorners
    self.centersPixels = centersPixels
  }

  /// The last coordinates lie on each other.
  private var isAligned: Bool { alignsCorners && outputs > 1 }

  /// Coordinates of the operand per one of the result.
  private var scale: Float {
    isAligned ? Float(inputs - 1) / Float(outputs - 1) : Float(inputs) / Float(outputs)
  }

  /// The same in units of 1/1024, rounded.
  private var fixedScale: Int {
    let (from, to) = isAligned ? (inputs - 1, outputs - 1) : (inputs, outputs)
    return (from << 10 + to / 2) / to
  }

  /// The place of `output` in single precision.
  func place(of output: Int) -> Float {
    if arithmetic == .nearest { return (Float(output) + (centersPixels ? 0.5 : 0)) * scale }
    return centersPixels ? (Float(output) + 0.5) * scale - 0.5 : Float(output) * scale
  }

  /// The place of `output` in units of 1/1024.
  func fixedPlace(of output: Int) -> Int {
    let scale = fixedScale
    return output * scale + (centersPixels ? scale / 2 - 512 : 0)
  }

  /// The coordinates that the place of `output` lies on or between, the first and the last one standing
  /// in for what lies outside.
  public func neighbours(of output: Int) -> Range<Int> {
    switch arithmetic {
    case .nearest:
      let place = place(of: output)
      let rounded = place.rounded(alignsCorners ? .toNearestOrAwayFromZero : .down)
      let nearest = inside(Int(rounded))
      return nearest..<nearest + 1
    case .single:
      let place = place(of: output)
      return inside(Int(place.rounded(.down)))..<inside(Int(place.rounded(.up))) + 1
    case .fixed:
      let place = fixedPlace(of: output)
      return inside(place >> 10)..<inside((place + 1023) >> 10) + 1
    }
  }

  /// The nearest coordinate of the operand.
  private func inside(_ coordinate: Int) -> Int { min(max(coordinate, 0), inputs - 1) }

  /// Whether the place of every result lies before the coordinate behind the last one, which the reference
  /// implementations read otherwise.
  var staysInside: Bool {
    switch arithmetic {
    case .nearest: true
    case .single: place(of: outputs - 1) < Float(inputs)
    case .fixed: fixedPlace(of: outputs - 1) >> 10 < inputs
    }
  }
}
