internal import Tensor

/// A routine made ready to run: its kernels, and when each tensor is no longer needed.
struct RoutineProgram: Sendable {
  /// The most operators that are run for one result of a step.
  ///
  /// A loop that has run as many ends, so that none runs forever; its results are what they are then.
  static let largestRun = 1 << 18

  let routine: Routine
  private let kernels: [any Kernel]
  private let signatures: [Signature]
  /// By operator, what it sums of its summed operand: all of it.
  private let sums: [Region]
  /// By operator, the tensors that nobody needs when it has run.
  private let lastUses: [[Int]]

  init(_ routine: Routine, profile: Profile) {
    self.routine = routine
    signatures = routine.nodes.map(routine.signature)
    kernels = zip(routine.nodes, signatures).map {
      $0.operation.kernel(for: $1, profile: profile)
    }
    sums = zip(routine.nodes, signatures).map { node, signature in
      guard !signature.outputs.isEmpty else { return Region([]) }
      let summed = node.operation.access(signature, output: 0).summedOperand
      guard signature.inputs.indices.contains(summed), let operand = signature.inputs[summed]
      else { return Region([]) }
      return Region(whole: operand.type.shape)
    }
    lastUses = routine.lastUses
  }

  /// The results on `operands`, which hold whole tensors; every operator takes one from `budget`.
  func results(of operands: [RoutineValue], _ budget: inout Int) -> [RoutineValue] {
    var values = routine.tensors.map { tensor in
      tensor.operand.constant.map { RoutineValue($0, tensor.operand.type) }
    }
    for (tensor, operand) in zip(routine.inputs, operands) { values[tensor] = operand }
    for (index, node) in routine.nodes.enumerated() {
      budget -= 1
      let inputs = node.inputs.map { input in input.flatMap { values[$0] } }
      for (tensor, result) in zip(node.outputs, results(index, inputs, &budget)) {
        values[tensor] = result
      }
      for tensor in lastUses[index] { values[tensor] = nil }
    }
    return routine.outputs.map { tensor in
      guard let value = values[tensor] else { preconditionFailure("outputs are kept") }
      return value
    }
  }

  private func results(
    _ index: Int, _ inputs: [RoutineValue?], _ budget: inout Int
  ) -> [RoutineValue] {
    if let kernel = kernels[index] as? ControlKernel {
      return kernel.flow.results(of: inputs.compactMap { $0 }, &budget)
    }
    var call = KernelCall(
      op: index, inputs: inputs.map { $0?.view }, region: Region([]), reduce: sums[index])
    return withExtendedLifetime(inputs) {
      signatures[index].outputs.enumerated().map { output, type in
        let result = RoutineValue(type)
        call.output = output
        call.region = Region(whole: type.shape)
        kernels[index].compute(call, into: result.view, on: .numbers)
        return result
      }
    }
  }
}

/// What a tensor of a routine holds while it runs.
final class RoutineValue {
  /// The whole tensor.
  let view: TensorView
  /// Memory of the value's own.
  private let memory: UnsafeMutableRawPointer?
  /// What keeps other memory.
  private let constant: Bytes?

  /// A value yet to be written.
  init(_ type: TensorType) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, type.sizeInBytes), alignment: 16)
    let whole = Region(whole: type.shape)
    self.memory = memory
    constant = nil
    view = TensorView(
      cells: Cells(base: memory, element: type.element, isConstant: false), region: whole,
      axes: AxisMap.rowMajor(whole))
  }

  /// A constant.
  init(_ constant: Bytes, _ type: TensorType) {
    memory = nil
    self.constant = constant
    view = TensorView(constant: constant, type: type)
  }

  /// What someone else keeps as long as the value is used.
  init(_ view: TensorView) {
    (memory, constant) = (nil, nil)
    self.view = view
  }

  deinit { memory?.deallocate() }

  /// Whether the first element, of one byte, is not 0.
  var isTrue: Bool {
    let first = view.cells[view.offset(of: view.region.ranges.map(\.lowerBound))]
    return first.load(as: UInt8.self) != 0
  }
}

extension Routine {
  /// By operator, the tensors that nobody needs when it has run.
  var lastUses: [[Int]] {
    var isKept = tensors.map { $0.operand.constant != nil }
    for tensor in outputs { isKept[tensor] = true }
    var lastUses = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated().reversed() {
      for tensor in node.inputs.compactMap({ $0 }) + node.outputs where !isKept[tensor] {
        isKept[tensor] = true
        lastUses[index].append(tensor)
      }
    }
    return lastUses
  }

  /// The bytes of what is there at the busiest operator, inputs and outputs included, each tensor rounded
  /// up to 16 bytes; of an operator that itself runs routines, theirs as well.
  ///
  /// What is more than `largestWorkspaceInBytes` is not counted to the end.
  var workspaceInBytes: Int {
    let lastUses = lastUses
    var isThere = Set(inputs)
    func size(_ tensor: Int) -> Int {
      tensors[tensor].operand.constant == nil
        ? (tensors[tensor].operand.type.sizeInBytes + 15) / 16 * 16 : 0
    }
    var bytes = isThere.reduce(0) { $0 + size($1) }
    var most = bytes
    for (index, node) in nodes.enumerated() {
      for tensor in node.outputs where isThere.insert(tensor).inserted { bytes += size(tensor) }
      let inside = node.operation.microMemory(signature(of: node)).scratch.reduce(0, +)
      most = max(most, bytes + inside)
      for tensor in lastUses[index] where isThere.remove(tensor) != nil { bytes -= size(tensor) }
      if most > Self.largestWorkspaceInBytes { break }
    }
    return most
  }

  /// The most memory that a routine may take, 256 MiB.
  static let largestWorkspaceInBytes = 1 << 28
}
