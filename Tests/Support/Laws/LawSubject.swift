public import Ops
public import Tensor

/// One output of an operator made ready to run, with a value for each operand.
struct LawSubject {
  let example: Example
  let output: Int
  let machine: Machine
  let access: Access
  let kernel: any Kernel
  /// Row-major, in the machine's cells, constants in bytes; `nil` for an operand that is absent.
  let values: [[UInt8]?]

  /// Readies an example that `check` accepts; constants have their own values, other operands those
  /// of `contents`.
  init(
    _ example: Example, profile: Profile, on machine: Machine = .numbers, output: Int = 0,
    contents: Contents, using generator: inout SplitMix64
  ) {
    let values = example.signature.inputs.map { operand -> [UInt8]? in
      guard let operand else { return nil }
      return operand.constant?.elements(of: UInt8.self)
        ?? contents.value(of: operand.type, on: machine, using: &generator)
    }
    self.init(example, profile: profile, on: machine, output: output, values: values)
  }

  /// Readies an example with given values.
  init(
    _ example: Example, profile: Profile, on machine: Machine = .numbers, output: Int = 0,
    values: [[UInt8]?]
  ) {
    self.example = example
    self.machine = machine
    self.output = output
    self.values = values
    access = example.operation.access(example.signature, output: output)
    kernel = example.operation.kernel(for: example.signature, profile: profile)
  }

  var signature: Signature { example.signature }
  var type: TensorType { signature.outputs[output] }
  /// The whole output.
  var whole: Region { Region(whole: type.shape) }
  /// The whole of the summed operand: every tap.
  var allTaps: Region {
    signature.inputs[access.summedOperand].map { Region(whole: $0.type.shape) } ?? Region([])
  }
  /// The operands that a plan holds in buffers.
  var activations: [Int] {
    signature.inputs.indices.filter { index in
      signature.inputs[index].map { $0.constant == nil } ?? false
    }
  }

  /// Storage of every operand, whole, that holds its value.
  func wholeOperands() -> [GuardedStorage?] {
    zip(signature.inputs, values).map { operand, value in
      guard let operand, let value else { return nil }
      return GuardedStorage(
        value, of: operand.type, isConstant: operand.constant != nil, on: machine)
    }
  }

  /// Storage for a region of the output.
  func outputStorage(of region: Region, rings: [Int: Int] = [:]) -> GuardedStorage {
    GuardedStorage(type.element, shape: type.shape, region: region, rings: rings, on: machine)
  }

  /// The whole output, computed at once from whole operands.
  func wholeResult() -> GuardedStorage {
    let storage = outputStorage(of: whole)
    compute(whole, from: wholeOperands(), into: storage)
    return storage
  }

  /// Storage for the sums of a region.
  func sumStorage(of region: Region, _ kernel: any SummingKernel) -> GuardedStorage {
    GuardedStorage(kernel.sumElement, shape: type.shape, region: region, on: machine)
  }

  func compute(_ region: Region, from operands: [GuardedStorage?], into output: GuardedStorage) {
    withExtendedLifetime((operands, output)) {
      kernel.compute(call(region, operands), into: output.view, on: machine)
    }
  }

  /// The elements of `region`, computed at once from whole operands.
  func result(of region: Region) -> [UInt8] { result(of: region, from: wholeOperands()) }

  func result(of region: Region, from operands: [GuardedStorage?]) -> [UInt8] {
    let storage = outputStorage(of: region)
    compute(region, from: operands, into: storage)
    return storage.bytes(of: region)
  }

  func call(
    _ region: Region, _ operands: [GuardedStorage?], reduce: Region? = nil
  ) -> KernelCall {
    KernelCall(
      inputs: operands.map { $0?.view }, output: output, region: region,
      reduce: reduce ?? allTaps)
  }
}

extension Example {
  /// A result of one run on whole tensors, row-major.
  ///
  /// - Precondition: `check` accepts the signature, and each operand that is there has its value.
  public func result(of operands: [Bytes?], output: Int = 0, profile: Profile) -> Bytes {
    let values = operands.map { $0?.elements(of: UInt8.self) }
    let subject = LawSubject(self, profile: profile, output: output, values: values)
    return Bytes(copying: subject.result(of: subject.whole))
  }
}
