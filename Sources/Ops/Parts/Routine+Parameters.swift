internal import Tensor

extension Routine {
  /// Everything that the results depend on: names are left out.
  func addParameters(to hash: inout SipHash) {
    for tensor in tensors { tensor.operand.addParameters(to: &hash) }
    for node in nodes {
      hash.add(UInt64(UInt(bitPattern: node.operation.builtin.code)))
      hash.add(node.operation.builtin.name)
      node.operation.options.addParameters(to: &hash)
      hash.add(node.inputs.map { $0 ?? -1 })
      hash.add(node.outputs)
    }
    hash.add(inputs)
    hash.add(outputs)
  }
}

extension Operand {
  fileprivate func addParameters(to hash: inout SipHash) {
    hash.add(type.element.rawValue)
    hash.add(type.shape.extents)
    hash.add(UInt64(type.quantization?.scales.count ?? 0))
    for scale in type.quantization?.scales ?? [] { hash.add(scale) }
    for zeroPoint in type.quantization?.zeroPoints ?? [] { hash.add(zeroPoint) }
    hash.add(UInt64(type.quantization?.axis ?? 0))
    let bytes = constant?.elements(of: UInt8.self)
    hash.add(bytes.map { $0.map(Int.init) } ?? [])
  }
}

extension OptionValues {
  fileprivate func addParameters(to hash: inout SipHash) {
    for (slot, value) in values.sorted(by: { $0.key < $1.key }) {
      hash.add(UInt64(slot))
      switch value {
      case .int8(let number): hash.add(Int32(number))
      case .int32(let number): hash.add(number)
      case .float32(let number): hash.add(number)
      case .bool(let flag): hash.add(flag ? 1 : 0 as Int32)
      case .int32s(let numbers): hash.add(numbers.map { Int($0) })
      case .routine(let routine): routine.addParameters(to: &hash)
      }
    }
  }
}

extension SipHash {
  /// Mixes in a list of numbers, and how many they are.
  fileprivate mutating func add(_ numbers: [Int]) {
    add(UInt64(numbers.count))
    for number in numbers { add(UInt64(bitPattern: Int64(number))) }
  }

  /// Mixes in a text.
  fileprivate mutating func add(_ text: String) { add(text.utf8.map { Int($0) }) }
}
