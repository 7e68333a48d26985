public import Graph
public import Ops
public import Tensor

/// One run of a plan, step by step.
public struct PlanRun: ~Copyable {
  private let executor: Executor
  private let memory: PlanMemory
  private let machine: Machine
  private var nextStep = 0
  private var shadow: ShadowArena?

  /// Poisons the memory and fills the network's inputs.
  ///
  /// There is one value per network input, row-major, each byte of it in one cell of `machine`'s
  /// storage. The memory holds the byte `poison` before. With a shadow every element that a kernel
  /// touches is checked.
  ///
  /// - Precondition: a run with a shadow is one on numbers.
  /// - Throws: `ExecutionError.inputMismatch` alone.
  public init(
    _ executor: Executor, inputs: [Bytes], on machine: Machine = .numbers, poison: UInt8 = 0xA5,
    isShadowed: Bool = false
  ) throws(ExecutionError) {
    precondition(!isShadowed || machine == .numbers, "a shadow is one of numbers")
    let graph = executor.binding.graph
    try graph.checkInputs(inputs, cellSizeInBytes: machine.cellSizeInBytes)
    self.executor = executor
    memory = PlanMemory(
      executor.binding, cellSizeInBytes: machine.cellSizeInBytes, poison: poison,
      isGuarded: executor.isGuarded)
    let shadow = isShadowed ? ShadowArena(executor.binding, trace: memory.trace()) : nil
    self.machine = shadow.map { .traced($0.trace) } ?? machine
    self.shadow = shadow
    for (index, buffer) in executor.binding.plan.buffers.enumerated() {
      guard let input = graph.inputs.firstIndex(of: buffer.tensor) else { continue }
      let width = buffer.element.sizeInBytes * machine.cellSizeInBytes
      let target = memory.view(of: index).cells.base
      let source = inputs[input]
      executor.binding.runs[index].forEach(in: buffer.region) { run in
        source.copy(
          run.index * width..<(run.index + run.count) * width, to: target + run.offset * width)
      }
    }
  }

  /// Does the next step and returns its index; `nil` after the last.
  public mutating func performNextStep() -> Int? {
    let steps = executor.binding.plan.steps
    guard nextStep < steps.count else { return nil }
    perform(steps[nextStep], at: nextStep)
    nextStep += 1
    return nextStep - 1
  }

  /// The elements of a region of a buffer as they are now, row-major.
  public func elements(of destination: PlanStep.Destination) -> Bytes {
    let width = storageWidth(of: destination.buffer)
    let base = memory.view(of: destination.buffer).cells.base
    var bytes: [UInt8] = []
    bytes.reserveCapacity(destination.region.count * width)
    executor.binding.runs[destination.buffer].forEach(in: destination.region) { run in
      bytes += UnsafeRawBufferPointer(start: base + run.offset * width, count: run.count * width)
    }
    return Bytes(copying: bytes)
  }

  /// What the run did.
  ///
  /// - Precondition: every step was performed.
  public consuming func finish() -> Execution {
    shadow?.takeOutputs(executor.outputRuns)
    precondition(nextStep == executor.binding.plan.steps.count, "every step was performed")
    let graph = executor.binding.graph
    let outputs = zip(graph.outputs, executor.outputRuns).map { tensor, runs in
      var bytes = [UInt8](
        repeating: 0,
        count: graph.tensors[tensor].type.sizeInBytes * machine.cellSizeInBytes)
      for (buffer, run) in runs.map({ ($0.buffer, $0.run) }) {
        let width = storageWidth(of: buffer)
        let base = memory.view(of: buffer).cells.base + run.offset * width
        bytes.replaceSubrange(
          run.index * width..<(run.index + run.count) * width,
          with: UnsafeRawBufferPointer(start: base, count: run.count * width))
      }
      return Bytes(copying: bytes)
    }
    return Execution(
      outputs: outputs, macsByOperator: executor.macsByOperator,
      highestByteWritten: memory.arena.highestDifferenceFromPoison,
      shadowFindings: shadow?.findings ?? [])
  }

  private mutating func perform(_ step: PlanStep, at index: Int) {
    let binding = executor.binding
    guard let kernel = binding.kernels[step.op] else { preconditionFailure("a step has a kernel") }
    var call = KernelCall(
      op: step.op,
      inputs: step.inputs.enumerated().map { operand, buffer in
        buffer.map { memory.view(of: $0) } ?? executor.unbufferedOperands[step.op][operand]
      },
      region: Region([]), reduce: binding.reduce(of: step))
    // What variables hold changes when all results are known: the others read what it was.
    var changes: [(value: Bytes, destinations: [PlanStep.Destination])] = []
    for tile in binding.tiles(of: step) {
      call.output = tile.output
      call.region = tile.region
      let destinations = step.outputs.filter {
        binding.outputIndex(of: $0, in: step) == tile.output
      }
      if let target = destinations.first, binding.plan.buffers[target.buffer].memory == .state {
        changes.append((value(of: kernel, call, at: index, target), destinations))
        continue
      }
      let written = step.phase == .start || step.phase == .add ? step.sums : destinations.first
      let tile = written.flatMap { shadow?.begin(call, step: index, target: $0) }
      if let sums = step.sums, let kernel = kernel as? any SummingKernel {
        let view = memory.view(of: sums.buffer)
        if step.phase != .finish {
          kernel.accumulate(call, into: view, fresh: step.phase == .start, on: machine)
        } else if let target = destinations.first {
          kernel.finish(call, sums: view, into: memory.view(of: target.buffer), on: machine)
        }
      } else if let target = destinations.first {
        kernel.compute(call, into: memory.view(of: target.buffer), on: machine)
      }
      if destinations.count > 1 {
        copy(elements(of: destinations[0]), to: destinations.dropFirst())
      }
      if let tile { shadow?.end(tile, copies: destinations.dropFirst()) }
    }
    for (value, destinations) in changes {
      copy(value, to: destinations[...])
      shadow?.take(destinations, step: index)
    }
  }

  /// What a kernel makes of a call, beside the memory of the plan.
  private mutating func value(
    of kernel: any Kernel, _ call: KernelCall, at step: Int, _ target: PlanStep.Destination
  ) -> Bytes {
    let element = executor.binding.plan.buffers[target.buffer].element
    let tile = shadow?.begin(call, step: step, target: target, writesAside: true)
    defer { if let tile { shadow?.end(tile, copies: []) } }
    return withUnsafeTemporaryAllocation(
      byteCount: call.region.count * element.sizeInBytes * machine.cellSizeInBytes, alignment: 16
    ) { memory in
      guard let base = memory.baseAddress else { return Bytes(copying: [UInt8]()) }
      // As in the arena, what a kernel leaves out is poison.
      memory.initializeMemory(as: UInt8.self, repeating: 0xA5)
      let view = TensorView(
        cells: Cells(base: base, element: element, isConstant: false), region: call.region,
        axes: AxisMap.rowMajor(call.region))
      machine.lend(view) { kernel.compute(call, into: view, on: machine) }
      return Bytes(copying: [UInt8](memory))
    }
  }

  /// Bytes of storage that one element of a buffer takes.
  private func storageWidth(of buffer: Int) -> Int {
    executor.binding.plan.buffers[buffer].element.sizeInBytes * machine.cellSizeInBytes
  }

  /// Copies a tile, row-major, to destinations.
  private func copy(_ tile: Bytes, to destinations: ArraySlice<PlanStep.Destination>) {
    for destination in destinations {
      let width = storageWidth(of: destination.buffer)
      let base = memory.view(of: destination.buffer).cells.base
      var position = 0
      executor.binding.runs[destination.buffer].forEach(in: destination.region) { run in
        tile.copy(position..<position + run.count * width, to: base + run.offset * width)
        position += run.count * width
      }
    }
  }
}
