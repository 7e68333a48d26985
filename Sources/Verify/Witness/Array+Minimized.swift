extension Array {
  /// A part of the array that still fails, from which no single element can be taken away unless
  /// `tries` ran out.
  ///
  /// Takes away ever smaller runs of elements, as long as what is left fails. Source: Zeller and
  /// Hildebrandt, "Simplifying and isolating failure-inducing input", 2002 (complements only).
  ///
  /// - Precondition: the array itself fails.
  package func minimized(
    tries: inout Int, _ fails: ([Element]) throws -> Bool
  ) rethrows -> [Element] {
    var left = self
    var size = (left.count + 1) / 2
    while size >= 1, left.count > 1 {
      var isSmaller = false
      var start = 0
      while start < left.count, tries > 0 {
        let rest = Array(left[..<start] + left[Swift.min(start + size, left.count)...])
        tries -= 1
        if try !rest.isEmpty && fails(rest) {
          left = rest
          isSmaller = true
        } else {
          start += size
        }
      }
      if tries == 0 || (size == 1 && !isSmaller) { break }
      size = size == 1 ? 1 : (size + 1) / 2
    }
    return left
  }
}
