internal import Fuzz
internal import Ops
internal import Tensor

extension OperatorLaws {
  /// Multiply-accumulates against taps counted one by one, over tiles and over boxes of taps.
  ///
  /// The taps inside the operand are as many as the terms that the kernel really adds. What forms no
  /// sums states its own count: that of the whole is the tiles' together.
  func cost(_ subject: LawSubject, _ generator: inout SplitMix64) -> [LawViolation] {
    let operation = subject.example.operation
    let census = TapCensus(access: subject.access)
    let (whole, allTaps) = (subject.whole, subject.allTaps)
    let countsMACs = type(of: operation).countsMACs
    func macs(_ region: Region, _ reduce: Region) -> Int {
      operation.macs(
        subject.signature, subject.access, output: subject.output, over: region, reduce: reduce)
    }
    var found: [LawViolation] = []
    func demand(_ value: Int, _ expected: Int, _ what: String) {
      if value != expected {
        found.append(violation(.cost, "\(what): expected \(expected), found \(value)"))
      }
    }
    let tiles = whole.randomPartition(pieces: 4, using: &generator) { _ in true }
    demand(
      tiles.reduce(0) { $0 + macs($1, allTaps) }, macs(whole, allTaps), "MACs of tiles \(tiles)")
    if countsMACs && !(subject.kernel is any SummingKernel) { return found }
    demand(
      macs(whole, allTaps), countsMACs ? census.nearest(whole, allTaps) : 0, "MACs of the whole")
    let tile = whole.randomPart(using: &generator)
    let boxes = allTaps.randomPartition(pieces: 3, using: &generator) { _ in true }
    demand(
      boxes.reduce(0) { $0 + macs(tile, $1) }, macs(tile, allTaps),
      "MACs of tile \(tile) in boxes \(boxes)")
    for box in boxes.prefix(2) {
      demand(
        macs(tile, box), countsMACs ? census.nearest(tile, box) : 0, "MACs of \(tile) in \(box)")
      if let terms = subject.terms(of: tile, in: box) {
        demand(terms, census.inside(tile, box), "terms that the kernel adds, \(tile) in \(box)")
      }
    }
    return found
  }
}

extension LawSubject {
  /// How many terms the kernel adds for a tile; `nil` if it sums nothing.
  fileprivate func terms(of tile: Region, in box: Region) -> Int? {
    guard let kernel = kernel as? any SummingKernel else { return nil }
    return terms(of: tile, in: box, kernel)
  }

  private func terms<Body: SummingKernel>(of tile: Region, in box: Region, _ kernel: Body) -> Int {
    let counter = CountingArithmetic<Body.Terms>.Counter()
    let operands = wholeOperands()
    let sums = sumStorage(of: tile, kernel)
    withExtendedLifetime((operands, sums)) {
      kernel.accumulate(
        call(tile, operands, reduce: box), into: sums.view, fresh: true,
        in: CountingArithmetic<Body.Terms>(counter: counter))
    }
    return counter.terms
  }
}
