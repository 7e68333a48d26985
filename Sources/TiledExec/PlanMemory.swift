internal import Graph
internal import Ops
internal import Tensor

/// The memory of one run: the arena, and another block for what lies outside.
///
/// Each addressable byte is one cell.
struct PlanMemory: ~Copyable {
  let arena: Arena
  private let outside: Arena
  private let buffers: [PlanBuffer]
  private let axes: [[AxisMap]]
  private let addresses: PlanAddresses

  /// Storage per addressable byte.
  let cellSizeInBytes: Int

  init(_ binding: PlanBinding, cellSizeInBytes: Int, poison: UInt8, isGuarded: Bool) {
    let plan = binding.plan
    self.cellSizeInBytes = cellSizeInBytes
    buffers = plan.buffers
    axes = plan.buffers.map(\.axes)
    addresses = PlanAddresses(binding)
    arena = Arena(
      byteCount: plan.peakInBytes * cellSizeInBytes, poison: poison, isGuarded: isGuarded)
    outside = Arena(
      byteCount: (addresses.end - addresses.outsideStart) * cellSizeInBytes, poison: poison,
      isGuarded: isGuarded)
  }

  /// The buffer's storage, in the coordinates of its tensor.
  func view(of index: Int) -> TensorView {
    let buffer = buffers[index]
    let start = addresses.starts[index]
    let cells =
      switch buffer.memory {
      case .arena: arena.cells(at: start * cellSizeInBytes, of: buffer.element)
      case .host, .state:
        outside.cells(at: (start - addresses.outsideStart) * cellSizeInBytes, of: buffer.element)
      }
    return TensorView(cells: cells, region: buffer.region, axes: axes[index])
  }

  /// A trace that watches this memory, where a cell is a byte.
  func trace() -> Trace {
    Trace(
      arena: arena.cells(at: 0, of: .uint8).base, byteCount: arena.byteCount,
      outside: outside.cells(at: 0, of: .uint8).base, outsideStart: addresses.outsideStart,
      end: addresses.end)
  }
}
