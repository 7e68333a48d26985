import Graph
import Ops
import Planning
import TFLite
import Tensor
import Testing
import TiledExec

/// How far the bytes of a file get on the way to results.
enum ModelFate: Hashable, Sendable {
  /// The bytes are no sound model.
  case malformed
  /// Operators or tensors are refused.
  case refused
  /// Tensors and operators make no network.
  case noNetwork
  /// They make one, which was not run.
  case imported
  /// It was run once, untiled.
  case ran

  /// Reads the bytes as far as they go, and runs a network of at most `work` steps of its kernels on the
  /// given bytes, over and over.
  ///
  /// Each error has to say what it is about.
  static func of(_ bytes: Bytes, running inputs: [UInt8] = [], work: Int = 0) -> ModelFate {
    do throws(ImportError) {
      let graph = try ImportedModel(parsing: bytes).graph()
      // No plan binds that has a buffer of nothing.
      guard graph.work <= work, !graph.hasEmptyTensor else { return .imported }
      run(graph, on: inputs)
      return .ran
    } catch {
      #expect(!error.description.isEmpty)
      switch error {
      case .malformed(let fault):
        #expect(fault.description.hasPrefix("\(fault.place): expected "))
        return .malformed
      case .refused(let refusals):
        #expect(!refusals.isEmpty)
        return .refused
      case .graph: return .noNetwork
      }
    }
  }

  /// The untiled plan binds; what it cannot do then is to find an output that nobody writes.
  private static func run(_ graph: Graph, on bytes: [UInt8]) {
    let plan = TilingLowering.untiled(graph, profile: .tflm)
    let inputs = graph.inputs.map { tensor in
      let count = graph.tensors[tensor].type.sizeInBytes
      return Bytes(copying: (0..<count).map { bytes.isEmpty ? 0 : bytes[$0 % bytes.count] })
    }
    do {
      _ = try Executor(PlanBinding(plan, to: graph), isGuarded: true).run(inputs)
    } catch let error as ExecutionError {
      if case .outputIncomplete = error { return }
      Issue.record("\(error)")
    } catch {
      Issue.record("\(error)")
    }
  }
}

extension Graph {
  /// Whether an operator reads or makes a tensor without elements.
  fileprivate var hasEmptyTensor: Bool {
    nodes.contains { $0.tensors.contains { tensors[$0].type.shape.count == 0 } }
  }

  /// About how many elements the kernels of an untiled run touch, and bytes the plan has.
  fileprivate var work: Int {
    nodes.reduce(macs + tensors.reduce(0) { $0 + ($1.constant == nil ? $1.type.sizeInBytes : 0) }) {
      work, node in
      let taps = node.accesses.first?.operands.first?.enumerated().map { axis, access in
        switch access {
        case .window(_, let size, _, _, _), .transposed(_, let size, _, _),
          .scaled(_, _, let size):
          size
        case .mapped(_, let function): function.size
        case .reduced, .whole: node.signature.inputs.first??.type.shape[axis] ?? 1
        case .fixed: 1
        }
      }
      return work + node.signature.outputs.reduce(0) { $0 + $1.shape.count }
        * (taps ?? []).reduce(1, *)
    }
  }
}
