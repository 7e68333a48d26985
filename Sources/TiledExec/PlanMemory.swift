internal import Graph
internal import Ops
internal import Tensor

/// The memory of one run: the arena, and another block for the buffers that the caller holds.
///
/// Each addressable byte is one cell.
struct PlanMemory: ~Copyable {
  let arena: Arena
  private let host: Arena
  private let buffers: [PlanBuffer]
  private let axes: [[AxisMap]]
  private let addresses: PlanAddresses

  /// Storage per addressable byte.
  let cellSizeInBytes: Int

  init(_ plan: Plan, cellSizeInBytes: Int, poison: UInt8, isGuarded: Bool) {
    self.cellSizeInBytes = cellSizeInBytes
    buffers = plan.buffers
    axes = plan.buffers.map(\.axes)
    addresses = PlanAddresses(plan)
    arena = Arena(
      byteCount: plan.peakInBytes * cellSizeInBytes, poison: poison, isGuarded: isGuarded)
    host = Arena(
      byteCount: (addresses.end - addresses.hostStart) * cellSizeInBytes, poison: poison,
      isGuarded: isGuarded)
  }

  /// The buffer's storage, in the coordinates of its tensor.
  func view(of index: Int) -> TensorView {
    let buffer = buffers[index]
    let start = addresses.starts[index]
    let cells =
      switch buffer.memory {
      case .arena: arena.cells(at: start * cellSizeInBytes, of: buffer.element)
      case .host:
        host.cells(at: (start - addresses.hostStart) * cellSizeInBytes, of: buffer.element)
      }
    return TensorView(cells: cells, region: buffer.region, axes: axes[index])
  }

  /// A trace that watches this memory, where a cell is a byte.
  func trace() -> Trace {
    Trace(
      arena: arena.cells(at: 0, of: .uint8).base, byteCount: arena.byteCount,
      host: host.cells(at: 0, of: .uint8).base, hostStart: addresses.hostStart, end: addresses.end)
  }
}
