package import Graph
internal import Tensor

/// Elements of a network output that one buffer still holds when the last step has run.
package struct OutputRun: Hashable, Sendable {
  /// The buffer's index.
  package let buffer: Int
  /// The elements.
  package private(set) var run: ElementRun

  /// Runs that hold every element of a network output that is left, each once.
  ///
  /// - Complexity: linear in the tensor's buffers.
  package static func all(of tensor: Int, in map: AddressMap, _ binding: PlanBinding) -> [OutputRun]
  {
    let type = binding.graph.tensors[tensor].type
    let width = type.element.sizeInBytes
    var found = [Bool](repeating: false, count: type.shape.count)
    var runs: [OutputRun] = []
    for (index, buffer) in binding.plan.buffers.enumerated()
    where buffer.tensor == tensor && buffer.rings.isEmpty && buffer.element == type.element {
      binding.runs[index].forEach(in: buffer.region) { run in
        let start = map.address(of: run, in: index, width: width)
        var isThere = [Bool](repeating: true, count: run.count)
        map.compare(
          start..<start + run.count * width,
          with: OwnerRun(
            AddressMap.Owner(tensor: tensor, isSum: false, index: run.index), width: width)
        ) { _ in
        } missing: { address in
          isThere[(address - start) / width] = false
        }
        for element in 0..<run.count where isThere[element] && !found[run.index + element] {
          found[run.index + element] = true
          append(
            OutputRun(
              buffer: index,
              run: ElementRun(
                offset: run.offset + element, index: run.index + element, count: 1)),
            to: &runs)
        }
      }
    }
    return runs
  }

  /// Adds a run of one element, as part of the last one where it follows it.
  private static func append(_ next: OutputRun, to runs: inout [OutputRun]) {
    guard let last = runs.last, last.buffer == next.buffer,
      last.run.offset + last.run.count == next.run.offset,
      last.run.index + last.run.count == next.run.index
    else { return runs.append(next) }
    runs[runs.count - 1].run = ElementRun(
      offset: last.run.offset, index: last.run.index, count: last.run.count + 1)
  }
}

extension AddressMap {
  /// Who owns each byte when the last step of a plan has run, whatever its steps read.
  ///
  /// - Complexity: linear in the bytes that the steps write.
  static func afterLastStep(of binding: PlanBinding) -> AddressMap {
    var map = AddressMap(binding)
    for (index, buffer) in binding.plan.buffers.enumerated()
    where binding.graph.inputs.contains(buffer.tensor) {
      map.take(
        PlanStep.Destination(buffer: index, region: buffer.region), isSum: false, step: -1, binding)
    }
    for (index, step) in binding.plan.steps.enumerated() {
      if let sums = step.sums {
        if step.phase == .finish {
          map.release(sums, binding)
        } else {
          map.take(sums, isSum: true, step: index, binding)
        }
      }
      for destination in step.outputs { map.take(destination, isSum: false, step: index, binding) }
    }
    return map
  }

  /// Gives a region of a buffer to its elements, or sums.
  package mutating func take(
    _ destination: PlanStep.Destination, isSum: Bool, step: Int, _ binding: PlanBinding
  ) {
    let buffer = binding.plan.buffers[destination.buffer]
    let width = buffer.element.sizeInBytes
    binding.runs[destination.buffer].forEach(in: destination.region) { run in
      take(
        from: address(of: run, in: destination.buffer, width: width), count: run.count,
        width: width, for: Owner(tensor: buffer.tensor, isSum: isSum, index: run.index),
        step: step)
    }
  }

  /// Makes a region of a buffer nobody's.
  package mutating func release(_ destination: PlanStep.Destination, _ binding: PlanBinding) {
    let width = binding.plan.buffers[destination.buffer].element.sizeInBytes
    binding.runs[destination.buffer].forEach(in: destination.region) { run in
      release(
        from: address(of: run, in: destination.buffer, width: width),
        byteCount: run.count * width)
    }
  }
}
