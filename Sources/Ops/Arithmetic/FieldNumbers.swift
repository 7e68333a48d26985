package import Tensor

/// Elements as members of a prime field: every function is a pseudorandom one of its operands.
///
/// Two programs over one graph whose fingerprints agree therefore compute the same for all inputs and
/// all weights, but for an accident of the random key.
package struct FieldNumbers: Arithmetic {
  private let fingerprints: Fingerprints

  /// The arithmetic of a call under a random key.
  package init(_ key: FieldKey, _ call: KernelCall) { fingerprints = Fingerprints(key, call) }

  @inline(__always)
  package static var cellSizeInBytes: Int { 8 }

  @inline(__always)
  package func copy(_ source: ElementPlace, to target: ElementPlace) {
    fingerprints.store(fingerprints.load(source), to: target)
  }

  package func choose(
    _ index: ElementPlace, of count: Int, _ candidate: (Int) -> ElementPlace,
    to target: ElementPlace
  ) {
    var hash = fingerprints.begin(.choice)
    var isPoison = add(index, to: &hash)
    let first = candidate(0)
    let isTable = first.cells.isConstant && candidate(count - 1).cells.base == first.cells.base
    if isTable && !fingerprints.hashesParameters {
      // The constant is the same in both programs: where its candidates start says which they are.
      hash.add(UInt64(truncatingIfNeeded: first.offset))
    } else {
      for number in 0..<count where add(candidate(number), to: &hash) { isPoison = true }
    }
    store(hash, isPoison, to: target)
  }

  package func apply<Function: UnaryFunction>(
    _ function: Function, _ x: ElementPlace, to target: ElementPlace
  ) {
    var hash = fingerprints.begin(.unary, function)
    if function.variant != 0 { hash.add(UInt64(truncatingIfNeeded: function.variant)) }
    let isPoison = add(x, to: &hash)
    store(hash, isPoison, to: target)
  }

  package func apply<Function: BinaryFunction>(
    _ function: Function, _ x: ElementPlace, _ y: ElementPlace, to target: ElementPlace
  ) {
    var hash = fingerprints.begin(.binary, function)
    let (left, right) = (add(x, to: &hash), add(y, to: &hash))
    store(hash, left || right, to: target)
  }

  package func fold<Function: FoldFunction>(
    _ function: Function, count: Int, _ element: (Int) -> ElementPlace, to target: ElementPlace
  ) {
    var hash = fingerprints.begin(.fold, function)
    hash.add(UInt64(truncatingIfNeeded: function.variant))
    var isPoison = false
    for index in 0..<count where add(element(index), to: &hash) { isPoison = true }
    store(hash, isPoison, to: target)
  }

  package func apply<Function: RowFunction>(
    _ function: Function, count: Int, _ source: ElementRow, to target: ElementRow,
    at coordinates: Range<Int>
  ) {
    var hash = fingerprints.begin(.row, function)
    var isPoison = false
    for index in 0..<count where add(source[index], to: &hash) { isPoison = true }
    for index in coordinates {
      let element = fingerprints.hash(
        .element, hash.value, UInt64(truncatingIfNeeded: index))
      fingerprints.store(isPoison ? Fingerprints.poison : element, to: target[index])
    }
  }

  package func apply<Function: TensorFunction>(
    _ function: Function, _ operands: [TensorView], to target: TensorView, in region: Region
  ) {
    var hash = fingerprints.begin(.tensor, function)
    var isPoison = false
    for operand in operands {
      operand.forEachElement(of: operand.region) { place in
        if add(place, to: &hash) { isPoison = true }
      }
    }
    let value = hash.value
    target.forEachElement(of: region, in: function.shape) { index, place in
      let element = fingerprints.hash(.element, value, UInt64(truncatingIfNeeded: index))
      fingerprints.store(isPoison ? Fingerprints.poison : element, to: place)
    }
  }

  /// Adds an operand to a hash; true if it is poison.
  @inline(__always)
  private func add(_ place: ElementPlace, to hash: inout SipHash) -> Bool {
    let value = fingerprints.load(place)
    hash.add(value)
    return value == Fingerprints.poison
  }

  @inline(__always)
  private func store(_ hash: SipHash, _ isPoison: Bool, to target: ElementPlace) {
    fingerprints.store(
      isPoison ? Fingerprints.poison : PrimeField.element(hash.value), to: target)
  }
}
