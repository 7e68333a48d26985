/// The sizes of TensorFlow Lite Micro's structures, in bytes, where pointers take 4 bytes or 8.
///
/// Found by compiling the structures of the source (commit 90b983c, of 2026) for a Cortex-M3 and for x86-64, with
/// `TF_LITE_STATIC_MEMORY` and without compression.
struct MicroStructures {
  /// `TfLiteEvalTensor`: two pointers and a type.
  let evalTensor: Int
  /// `NodeAndRegistration`: seven pointers and a size.
  let node: Int
  /// `TfLiteTensor`.
  let tensor: Int
  /// `TfLiteAffineQuantization`.
  let quantization: Int
  /// `SingleArenaBufferAllocator`, `GreedyMemoryPlanner`, `MicroAllocator`, `MicroBuiltinDataAllocator` and
  /// `SubgraphAllocations` of one subgraph.
  let allocators: [Int]

  init(pointerSize: Int) {
    let isWide = pointerSize > 4
    evalTensor = isWide ? 24 : 12
    node = isWide ? 64 : 32
    tensor = isWide ? 64 : 40
    quantization = isWide ? 24 : 12
    allocators = isWide ? [72, 72, 72, 16, 16] : [36, 44, 36, 8, 8]
  }
}
