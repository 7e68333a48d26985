import Ops
import TFLite
import Tensor

extension Model {
  /// Reads whatever parsing leaves in place, and folds it into a number.
  ///
  /// Errors are part of the answer; only a trap is not.
  func touched() -> Int {
    var sum = metadata.reduce(0) { $0 &+ $1.bytes.touched }
    for subgraph in subgraphs {
      for tensor in subgraph.tensors {
        sum &+= tensor.constant?.touched ?? 0
        sum &+= tensor.quantization?.scales.count ?? 0
        sum &+= Shape(checking: tensor.shape)?.count ?? 0
      }
      for operation in subgraph.operators {
        sum &+= operatorCodes[operation.opcodeIndex].name.utf8.count
        sum &+= operation.customOptions?.touched ?? 0
        guard let options = operation.options else { continue }
        for slot in 0..<16 { sum &+= options.touched(slot) }
      }
    }
    return sum
  }
}

extension Bytes {
  fileprivate var touched: Int {
    let bytes = elements(of: UInt8.self)
    return Int(bytes.first ?? 0) &+ Int(bytes.last ?? 0)
  }
}

extension FlatTable {
  fileprivate func touched(_ slot: Int) -> Int {
    var sum = Int((try? int8(slot, default: 1)) ?? 2)
    sum &+= Int((try? int32(slot, default: 1)) ?? 2)
    sum &+= ((try? float32(slot, default: 1)) ?? 2).isNaN ? 1 : 0
    sum &+= (try? bool(slot, default: true)) == true ? 1 : 0
    sum &+= ((try? int32s(slot)) ?? []).count
    return sum
  }
}

/// Whether the bytes are a model; reads all of it if so.
func isModel(_ content: [UInt8]) -> Bool {
  do throws(ModelError) {
    return try Model(parsing: Bytes(copying: content)).touched() != Int.min
  } catch {
    return error.description.isEmpty
  }
}
