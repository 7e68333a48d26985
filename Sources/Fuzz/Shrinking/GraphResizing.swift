internal import Graph
internal import Ops
internal import Tensor

/// Gives tensors other extents, and all that follows from them the extents that fit.
///
/// An operator has no rule from operands to results but `check`: extents of results are tried, the likely ones first,
/// and constants cut to what the tiling rule says that they read.
struct GraphResizing {
  private let original: Graph
  private var sketch: GraphSketch
  /// The extents of tensors that are others now.
  private var extents: [Int: [Int]] = [:]
  /// The extents that results should have.
  private var wanted: [Int: [Int]] = [:]
  /// An operator that has other attributes or another constant.
  private var changedOp: Int?
  /// Its constant, by operand.
  private var constants: [Int: Operand] = [:]

  private init(_ graph: Graph) {
    original = graph
    sketch = GraphSketch(graph)
  }

  /// The network in which some given tensors or results have `extent` along an axis; `nil` if operators do not agree.
  static func graph(_ graph: Graph, axis: Int, of tensors: [Int], extent: Int) -> Graph? {
    var resizing = GraphResizing(graph)
    let producers = graph.producers
    for tensor in tensors {
      var extents = graph.tensors[tensor].type.shape.extents
      extents[axis] = extent
      if producers[tensor] == nil {
        guard resizing.setExtents(extents, of: tensor) else { return nil }
      } else {
        resizing.wanted[tensor] = extents
      }
    }
    return resizing.propagated(from: 0)
  }

  /// The network with another operator at `op`; `nil` if the rest cannot follow.
  static func graph(_ graph: Graph, op: Int, _ operation: any Operator) -> Graph? {
    var resizing = GraphResizing(graph)
    resizing.sketch.nodes[op].operation = operation
    resizing.changedOp = op
    return resizing.propagated(from: op)
  }

  /// The network in which `op` reads another constant; `nil` if the rest cannot follow.
  static func graph(_ graph: Graph, op: Int, operand: Int, _ constant: Operand) -> Graph? {
    var resizing = GraphResizing(graph)
    resizing.constants = [operand: constant]
    resizing.changedOp = op
    return resizing.propagated(from: op)
  }

  /// Sets the extents of a tensor, and of all else that the same variable holds.
  private mutating func setExtents(_ extents: [Int], of tensor: Int) -> Bool {
    let variable = original.variableOf[tensor].map { original.variables[$0] }
    for tensor in variable?.versions ?? [tensor] {
      let old = sketch.tensors[tensor]
      guard let shape = Shape(checking: extents), old.constant == nil else { return false }
      sketch.tensors[tensor] = GraphTensor(
        name: old.name, type: TensorType(old.type.element, shape, old.type.quantization))
      self.extents[tensor] = extents
    }
    return true
  }

  /// Fits operators from `first` on, in order.
  private mutating func propagated(from first: Int) -> Graph? {
    for op in first..<sketch.nodes.count {
      let node = original.nodes[op]
      let isTouched =
        op == changedOp || node.outputs.contains { wanted[$0] != nil }
        || node.tensors.contains { extents[$0] != nil }
      if isTouched, !fit(op) { return nil }
    }
    return sketch.graph
  }

  /// Finds extents of an operator's results and parts of its constants that it accepts.
  private mutating func fit(_ op: Int) -> Bool {
    let node = original.nodes[op]
    let choice = ExtentChoice(node, original, extents: extents, isChanged: op == changedOp)
    let fixed = node.outputs.map { wanted[$0] ?? extents[$0] }
    for shapes in choice.shapes(fixed) {
      let operation = node.stated(sketch.nodes[op].operation, shapes)
      let cuts: [[ExtentChoice.Change]?] = choice.changesSums ? [choice.sums, [], nil] : [[], nil]
      for sums in cuts {
        guard let signature = signature(op, shapes, sums: sums),
          (try? operation.check(signature)) != nil
        else { continue }
        sketch.nodes[op].operation = operation
        keepConstants(of: signature, for: op)
        return zip(node.outputs, shapes).allSatisfy { tensor, shape in
          shape == original.tensors[tensor].type.shape.extents || setExtents(shape, of: tensor)
        }
      }
    }
    return false
  }

  /// Gives an operator constants of its own where they were cut: others that read them keep them as they are.
  private mutating func keepConstants(of signature: Signature, for op: Int) {
    let node = original.nodes[op]
    for (operand, input) in node.inputs.enumerated() {
      guard let input, let new = signature.inputs[operand], new.constant != nil,
        new != node.signature.inputs[operand]
      else { continue }
      sketch.nodes[op].inputs[operand] = sketch.tensors.count
      sketch.tensors.append(
        GraphTensor(name: original.tensors[input].name, type: new.type, constant: new.constant))
    }
  }

  /// The operator's types with results of `shapes`, its constants cut to what these read and `sums` leave, or whole
  /// where `sums` is `nil`; `nil` where a constant cannot be cut.
  private func signature(
    _ op: Int, _ shapes: [[Int]], sums: [ExtentChoice.Change]?
  ) -> Signature? {
    let node = original.nodes[op]
    let outputs = zip(node.signature.outputs, shapes).compactMap { $0.with($1) }
    guard outputs.count == shapes.count else { return nil }
    var inputs: [Operand?] = []
    for (operand, input) in node.inputs.enumerated() {
      guard let input, let old = node.signature.inputs[operand] else {
        inputs.append(nil)
        continue
      }
      guard old.constant != nil else {
        // State has the type of what it becomes.
        let result = node.outputs.firstIndex {
          original.variableOf[$0] != nil && original.variableOf[$0] == original.variableOf[input]
        }
        inputs.append(Operand(result.map { outputs[$0] } ?? sketch.tensors[input].type))
        continue
      }
      if let fixed = (op == changedOp ? constants[operand] : nil) ?? node.stated(old, shapes) {
        inputs.append(fixed)
        continue
      }
      var part: Operand? = old
      if let sums { part = old.part(ranges(of: operand, for: op, outputs[0].shape, sums)) }
      guard let part else { return nil }
      inputs.append(part)
    }
    return Signature(inputs: inputs, outputs: outputs)
  }

  /// What is left of a constant: what result 0 reads of it, and of sums what their other terms have left.
  private func ranges(
    of operand: Int, for op: Int, _ result: Shape, _ sums: [ExtentChoice.Change]
  ) -> [Range<Int>] {
    let access = original.nodes[op].accesses[0]
    let axes = access.operands[operand]
    var ranges = zip(axes, access.extents[operand]).map { axis, extent in
      axis.outputAxis.map { axis.bounds(for: 0..<result[$0], extent: extent) } ?? 0..<extent
    }
    // Where several axes would do, it is the last one: input channels are the last axis of weights.
    let changed = sums.lazy.compactMap { change in
      axes.indices.last { axes[$0].isSummedOrWhole && ranges[$0].count == change.old }
        .map { (axis: $0, change: change) }
    }.first
    if let changed { ranges[changed.axis] = 0..<changed.change.new }
    return ranges
  }
}

extension TensorType {
  /// The type with other extents; `nil` where no shape has them.
  fileprivate func with(_ extents: [Int]) -> TensorType? {
    Shape(checking: extents).map { TensorType(element, $0, quantization) }
  }
}
