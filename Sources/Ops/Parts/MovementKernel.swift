internal import Tensor

/// Copies elements as a tiling rule says: each result is the one element that the rule states, of the
/// one operand in which it lies, or padding where it lies in none.
///
/// The rule has windows of one tap, scaled axes, functions and fixed coordinates alone; slots it may have
/// as well.
struct MovementKernel: ElementKernel {
  private let access: Access
  /// The operands that are moved.
  private let sources: Range<Int>
  /// An element that fills what no operand does.
  private let padding: Operand?
  /// By source, how its codes are changed on the way; empty where none are.
  private let recodings: [Recoding?]

  init(
    _ access: Access, sources: Range<Int>, padding: Operand? = nil, recodings: [Recoding?] = []
  ) {
    self.access = access
    self.sources = sources
    self.padding = padding
    self.recodings = recodings
  }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    if let padding, let constant = padding.constant {
      withExtendedLifetime(constant) {
        let place = TensorView(constant: constant, type: padding.type).cells[0]
        call.region.forEachRow { start in
          let target = output.row(at: start)
          for coordinate in call.region.row { arithmetic.copy(place, to: target[coordinate]) }
        }
      }
    }
    for source in sources {
      let input = call.input(source)
      let box = access.origins(of: source, within: call.region)
      let last = access.outputRank - 1
      let moving = access.operands[source].firstIndex { $0.outputAxis == last }
      let entry = moving.map { access.operands[source][$0] } ?? .fixed(0)
      let extent = moving.map { access.extents[source][$0] } ?? 1
      box.forEachRow { start in
        let from = row(of: input, source, at: start, along: moving)
        let target = output.row(at: start)
        for coordinate in box.row {
          let origin = entry.origin(of: coordinate, extent: extent)
          if !recodings.isEmpty, let recoding = recodings[source] {
            arithmetic.apply(recoding, from[origin], to: target[coordinate])
          } else {
            arithmetic.copy(from[origin], to: target[coordinate])
          }
        }
      }
    }
  }

  /// The row of an operand that the output row at `start` comes from: along operand axis `moving`, or
  /// of one element where the last output axis follows none.
  private func row(
    of input: TensorView, _ source: Int, at start: [Int], along moving: Int?
  ) -> ElementRow {
    var offset = 0
    for (axis, entry) in access.operands[source].enumerated() where axis != moving {
      let origin = entry.origin(
        of: entry.outputAxis.map { start[$0] } ?? 0, extent: access.extents[source][axis])
      offset &+= input.axes[axis].offset(origin)
    }
    return ElementRow(
      cells: input.cells, start: offset,
      axis: moving.map { input.axes[$0] }
        ?? AxisMap(low: 0, capacity: 1, isRing: false, stride: 0))
  }
}

extension Access {
  /// The part of an output region whose elements come from inside `operand`, where each comes from one.
  fileprivate func origins(of operand: Int, within region: Region) -> Region {
    var box = region
    if !slots.isEmpty {
      let slot = slots[operand]
      box[slot.axis] = box[slot.axis].clamped(to: slot.coordinate..<slot.coordinate + 1)
    }
    for (entry, extent) in zip(operands[operand], extents[operand]) {
      guard let axis = entry.outputAxis else { continue }
      box[axis] = entry.outputs(in: box[axis], extent: extent)
    }
    return box
  }
}

extension AxisAccess {
  /// The coordinate that a single output coordinate reads.
  fileprivate func origin(of output: Int, extent: Int) -> Int {
    switch self {
    case .window(_, _, let stride, _, let offset): output * stride + offset
    case .scaled(_, let factor, _): output / factor
    case .mapped(_, let function): function.taps(of: output, extent: extent).lowerBound
    case .fixed(let coordinate): coordinate
    case .transposed, .reduced, .whole:
      preconditionFailure("an axis of which several coordinates are read has no one origin")
    }
  }

  /// The output coordinates in `outputs` whose origin lies inside the operand; they follow each other.
  fileprivate func outputs(in outputs: Range<Int>, extent: Int) -> Range<Int> {
    func isInside(_ output: Int) -> Bool {
      (0..<extent).contains(origin(of: output, extent: extent))
    }
    let low = outputs.first(where: isInside)
    let high = outputs.last(where: isInside)
    guard let low, let high else { return outputs.lowerBound..<outputs.lowerBound }
    return low..<high + 1
  }
}
