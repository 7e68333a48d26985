internal import Glibc

extension Double {
  /// The largest whole number n for which a probability is at most 2^-n; 61 for 0.
  var negatedLogarithm: Int { self > 0 ? Int(-log2(self)) : 61 }
}
