import TFLite
import Testing

/// A model with one fault, and the error that names it.
struct ModelErrorCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let file: FlatFile
  let expected: ModelError

  /// Makes a case; `expected` may ask the written file for offsets.
  init(_ name: String, _ root: FlatNode, expected: (FlatFile) -> ModelError) {
    self.init(name, FlatFile(root), expected: expected)
  }

  init(_ name: String, _ file: FlatFile, expected: (FlatFile) -> ModelError) {
    testDescription = name
    self.file = file
    self.expected = expected(file)
  }
}

extension ModelErrorCase {
  static let subgraph = ModelPath.model["subgraphs"][0]
  static let tensor = subgraph["tensors"][0]
  static let operation = subgraph["operators"][0]

  /// A case of one tensor.
  static func tensor(
    _ name: String, _ node: FlatNode, buffers: [FlatNode] = [ModelNodes.buffer()],
    expected: (FlatFile) -> ModelError
  ) -> ModelErrorCase {
    ModelErrorCase(name, ModelNodes.model(tensor: node, buffers: buffers), expected: expected)
  }

  /// A case of one activation's quantization.
  static func quantization(
    _ name: String, _ shape: [Int32], type: Int8 = ModelNodes.int8, _ node: FlatNode,
    expected: (FlatFile) -> ModelError
  ) -> ModelErrorCase {
    tensor(name, ModelNodes.tensor(shape, type: type, quantization: node), expected: expected)
  }

  /// A case of one operator on two tensors.
  static func operation(
    _ name: String, _ node: FlatNode, expected: (FlatFile) -> ModelError
  ) -> ModelErrorCase {
    let tensors = FlatNode.tables([ModelNodes.tensor(), ModelNodes.tensor()])
    return ModelErrorCase(
      name, ModelNodes.model(tensors: tensors, operators: [node]), expected: expected)
  }

  /// A case of a sound model whose bytes are then changed.
  static func damage(
    _ name: String, _ change: (inout FlatFile) -> Void, expected: (FlatFile) -> ModelError
  ) -> ModelErrorCase {
    var file = FlatFile(ModelNodes.model())
    change(&file)
    return ModelErrorCase(name, file, expected: expected)
  }
}
