internal import Graph
internal import Ops
internal import Tensor

/// What a search asks of a network again and again, looked up once.
struct SearchTable {
  /// An operand that is computed at run time.
  struct Read {
    let tensor: Int
    /// By axis of the tensor, what a tile of the result reads.
    let axes: [AxisAccess]
    /// Whether the result may take the tensor's place as it is read.
    let mayBeReplaced: Bool
  }

  /// One operator.
  struct Operator {
    /// Its result, if it has one alone and nothing that it reads or makes is empty.
    let output: Int?
    let reads: [Read]
    /// The axes of the result that may be cut.
    let axes: Set<Int>
    /// Multiply-accumulates of the whole operator.
    let macs: Int
    /// Whether it keeps state from one run to the next.
    let isRecurrent: Bool
  }

  /// One tensor.
  struct Value {
    let extents: [Int]
    let elementSize: Int
    /// What it takes in the arena as a whole, rounded up to the alignment; 0 for what is held elsewhere.
    let room: Int
    /// By reading operator, ascending, the rows along ``bandAxis`` that it or a later one reads.
    let rowsRead: [(op: Int, rows: Range<Int>)]
    /// The operator that makes it; -1 for what is given.
    let producer: Int
    /// The last operator that reads it; the number of operators for what the network returns.
    let lastReader: Int

    /// The first axis of several coordinates: whole rows along it lie side by side.
    var bandAxis: Int { extents.firstIndex { $0 > 1 } ?? 0 }

    /// The rows along ``bandAxis`` that operators from `op` on read.
    func rows(readFrom op: Int) -> Range<Int> { rowsRead.first { $0.op >= op }?.rows ?? 0..<0 }

    /// What `rows` along ``bandAxis`` take: at the least, as other buffers may begin in what they leave of a line.
    func room(_ rows: Range<Int>) -> Int {
      let count = extents.indices.contains(bandAxis) ? extents[bandAxis] : 1
      if room == 0 || rows.isEmpty { return 0 }
      return rows.count == count
        ? room : rows.count * elementSize * extents.reduce(1, *) / max(1, count)
    }

    /// What it takes while operators from `op` on are still to read it.
    func room(readFrom op: Int) -> Int { room(rows(readFrom: op)) }

    /// Elements per coordinate of two axes.
    func elements(besides a: Int, _ b: Int) -> Int {
      extents.indices.reduce(1) { $1 == a || $1 == b ? $0 : $0 * extents[$1] }
    }

    /// The extent of an axis; 1 for one that it lacks.
    func extent(_ axis: Int) -> Int { axis < extents.count ? extents[axis] : 1 }
  }

  let graph: Graph
  let operators: [Operator]
  let values: [Value]
  let alignment: Int

  init(_ graph: Graph, _ options: PlanningOptions) {
    self.graph = graph
    alignment = options.alignment
    let (producers, consumers) = (graph.producers, graph.consumers)
    let outputs = Set(graph.outputs)
    let rowsRead = Self.rowsRead(graph)
    values = graph.tensors.indices.map { index in
      let type = graph.tensors[index].type
      let isHeld =
        graph.tensors[index].constant == nil && options.memory(of: index, in: graph) == .arena
      return Value(
        extents: type.shape.extents, elementSize: type.element.sizeInBytes,
        room: isHeld ? type.sizeInBytes.roundedUp(to: options.alignment) : 0,
        rowsRead: rowsRead[index],
        producer: producers[index] ?? -1,
        lastReader: outputs.contains(index) ? graph.nodes.count : consumers[index].last ?? -1)
    }
    func isFilled(_ node: GraphNode) -> Bool {
      node.tensors.allSatisfy { graph.tensors[$0].type.shape.count > 0 }
    }
    operators = graph.nodes.indices.map { op in
      let node = graph.nodes[op]
      let access = node.accesses.first
      return Operator(
        output: node.outputs.count == 1 && isFilled(node) ? node.outputs[0] : nil,
        reads: node.inputs.indices.compactMap { operand in
          guard node.isActivation(operand), let tensor = node.inputs[operand], let access else {
            return nil
          }
          let rule = options.inPlace.rule(of: node, operand: operand, output: 0)
          return Read(
            tensor: tensor, axes: access.operands[operand], mayBeReplaced: rule != .never)
        },
        axes: Set((0..<(access?.outputRank ?? 0)).filter { access?.mayCut($0) ?? false }),
        macs: graph.macs(of: op),
        isRecurrent: node.tensors.contains { graph.variableOf[$0] != nil })
    }
  }

  /// The room that a number of bytes takes.
  func room(_ bytes: Int) -> Int { bytes.roundedUp(to: alignment) }

  /// What lies in the arena while operators `ops` run and is none of what they read or make.
  func roomBeside(_ ops: Range<Int>) -> Int {
    var touched = Set<Int>()
    for op in ops {
      touched.formUnion(operators[op].reads.map(\.tensor))
      touched.formUnion(graph.nodes[op].outputs)
    }
    return values.indices.reduce(0) { sum, tensor in
      let value = values[tensor]
      let isLive = value.producer < ops.lowerBound && value.lastReader >= ops.upperBound
      return isLive && !touched.contains(tensor)
        ? sum + value.room(readFrom: ops.upperBound) : sum
    }
  }

  /// By tensor and reading operator, the rows along its first axis of several coordinates that are read by that
  /// operator or later ones; the end of the network is the operator after all.
  private static func rowsRead(_ graph: Graph) -> [[(op: Int, rows: Range<Int>)]] {
    var rowsRead = [[(op: Int, rows: Range<Int>)]](repeating: [], count: graph.tensors.count)
    func read(_ tensor: Int, _ rows: Range<Int>, by op: Int) {
      let later = rowsRead[tensor].last
      var hull = later?.rows ?? 0..<0
      hull.formUnion(rows)
      if later?.op == op { rowsRead[tensor].removeLast() }
      rowsRead[tensor].append((op, hull))
    }
    for tensor in graph.outputs {
      let extents = graph.tensors[tensor].type.shape.extents
      read(tensor, 0..<(extents.first { $0 > 1 } ?? 1), by: graph.nodes.count)
    }
    for (op, node) in graph.nodes.enumerated().reversed() {
      for (operand, input) in node.inputs.enumerated() where node.isActivation(operand) {
        guard let input else { continue }
        let axis = graph.tensors[input].type.shape.extents.firstIndex { $0 > 1 }
        for (output, access) in node.accesses.enumerated() {
          let region = access.bounds(of: operand, for: graph.whole(node.outputs[output]))
          read(input, axis.map { region[$0] } ?? 0..<1, by: op)
        }
      }
    }
    return rowsRead.map { $0.reversed() }
  }
}
