internal import Graph
internal import Tensor

/// The memory of one run: the arena, and another block for the buffers that the caller holds.
///
/// Each addressable byte is one cell.
struct PlanMemory: ~Copyable {
  let arena: Arena
  private let host: Arena
  private let buffers: [PlanBuffer]
  private let axes: [[AxisMap]]
  /// Where each buffer starts: in the arena its offset, elsewhere a place of its own.
  private let starts: [Int]

  /// Storage per addressable byte.
  let cellSizeInBytes: Int

  init(_ plan: Plan, cellSizeInBytes: Int, poison: UInt8) {
    self.cellSizeInBytes = cellSizeInBytes
    buffers = plan.buffers
    axes = plan.buffers.map(\.axes)
    var hostByteCount = 0
    starts = plan.buffers.map { buffer in
      if buffer.memory == .arena { return buffer.offset }
      defer { hostByteCount += (buffer.sizeInBytes + 63) / 64 * 64 }
      return hostByteCount
    }
    arena = Arena(byteCount: plan.peakInBytes * cellSizeInBytes, poison: poison)
    host = Arena(byteCount: hostByteCount * cellSizeInBytes, poison: poison)
  }

  /// The buffer's storage, in the coordinates of its tensor.
  func view(of index: Int) -> TensorView {
    let buffer = buffers[index]
    let offset = starts[index] * cellSizeInBytes
    let cells =
      switch buffer.memory {
      case .arena: arena.cells(at: offset, of: buffer.element)
      case .host: host.cells(at: offset, of: buffer.element)
      }
    return TensorView(cells: cells, region: buffer.region, axes: axes[index])
  }
}
