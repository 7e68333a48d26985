public import Tensor

/// The first place, in the order of the plan's steps, where a plan computes another value than the
/// network.
public struct Difference: Hashable, Sendable {
  /// The input on which it shows.
  public let sample: String
  /// The tensor.
  public let tensor: String
  /// The coordinate in the whole tensor.
  public let coordinate: [Int]
  /// The tile that the coordinate lies in.
  public let tile: Region
  /// The step that made the tile.
  public let step: Int
  /// The operator of that step.
  public let producer: Int
  /// Its name.
  public let producerName: String
  /// What the network computes there.
  public let expected: ElementValue
  /// What the plan computes there.
  public let actual: ElementValue
  /// How many elements of the tile differ.
  public let count: Int
}

extension Difference: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    "step \(step), operator \(producer) (\(producerName)), tile \(tile): \(count) elements of "
      + "\(tensor) differ on input \(sample), the first at \(coordinate): expected "
      + "\(expected), found \(actual)"
  }
}
