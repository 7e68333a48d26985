import TFLite
import Tensor
import Testing

@Suite struct HostileFileTests {
  private let sample = SampleModel.file.content

  @Test func noPrefixIsAModel() {
    for count in 0..<sample.count {
      #expect(!isModel(Array(sample[..<count])), "prefix of \(count) bytes")
    }
    #expect(isModel(sample))
  }

  @Test(arguments: 0..<4 as Range<UInt64>) func bitFlips(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var survivors = 0
    for _ in 0..<5000 {
      var content = sample
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: content.indices, using: &generator)
        content[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if isModel(content) { survivors += 1 }
    }
    #expect(survivors > 0 && survivors < 5000)
  }

  @Test(arguments: [0, 1, 2, 0x7FFF, 0xFFFE, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32])
  func everyWordReplaced(_ word: UInt32) {
    for offset in 0...sample.count - 4 {
      var content = sample
      content.replaceSubrange(offset..<offset + 4, with: littleEndian(word))
      _ = isModel(content)
    }
  }

  @Test(.timeLimit(.minutes(1))) func manyEntriesOfOneTable() {
    let file = FlatFile(
      ModelNodes.model(tensors: .repeated(ModelNodes.tensor(), count: 1_000_000)))
    expectTooManyRecords(file)
  }

  @Test(.timeLimit(.minutes(1))) func manyEntriesOfOneLongShape() {
    let tensor = ModelNodes.tensor([Int32](repeating: 1, count: 10000))
    let file = FlatFile(ModelNodes.model(tensors: .repeated(tensor, count: 10000)))
    expectTooManyRecords(file)
  }

  @Test(.timeLimit(.minutes(1))) func subgraphsOfOperatorsOfLongLists() {
    let operation = ModelNodes.operation(inputs: [Int32](repeating: -1, count: 1000), outputs: [])
    let subgraph = FlatNode.table([3: .repeated(operation, count: 1000)])
    let file = FlatFile(
      .table([
        0: .number(UInt32(3)), 1: .tables([.table([:])]), 2: .repeated(subgraph, count: 1000),
      ]))
    expectTooManyRecords(file)
  }

  @Test func tableThatRefersToItself() {
    var file = FlatFile(ModelNodes.model())
    let subgraphs = file.offset("subgraphs")
    file.patch(subgraphs + 4, UInt32(0))
    #expect(throws: ModelError.self) { try Model(parsing: file.bytes) }
  }

  private func expectTooManyRecords(_ file: FlatFile) {
    do throws(ModelError) {
      _ = try Model(parsing: file.bytes)
      Issue.record("parsed")
    } catch {
      guard case .tooManyRecords(_, limit: 16 * file.content.count + 65536) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
