internal import Glibc

/// How far a tensor of a network is from what the network computes over the real numbers.
public struct RoundingError: Hashable, Sendable {
  /// The tensor.
  public let tensor: String
  /// Whether it is an output of the network.
  public let isOutput: Bool
  /// The largest difference of an element, in real units.
  public let largest: Double
  /// The ratio of signal to quantization noise, in decibels: 10 log10 of the sum of the squares of the
  /// exact elements over that of the differences; infinite where there is no difference.
  public let sqnr: Double

  /// Compares the elements, row-major.
  init(tensor: String, isOutput: Bool, exact: [Double], found: [Double]) {
    var (largest, signal, noise) = (0.0, 0.0, 0.0)
    for (value, other) in zip(exact, found) where value != other {
      let difference = abs(value - other)
      if !(difference <= largest) { largest = difference }
      noise += difference * difference
    }
    for value in exact { signal += value * value }
    (self.tensor, self.isOutput, self.largest) = (tensor, isOutput, largest)
    sqnr = noise == 0 ? .infinity : 10 * log10(signal / noise)
  }
}
