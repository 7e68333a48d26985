import Graph
import Ops
import Tensor
import TestSupport
import Testing
import TiledExec

/// The map from byte to owner, against one that keeps each byte by itself.
@Suite struct AddressMapTests {
  /// What each byte is.
  private struct Bytewise {
    var owners: [AddressMap.Owner]
    var writers: [Int?]
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func stretchesKnowWhatBytesKnow(_ seed: UInt64) throws {
    let graph = try GraphFixture.graph("residual_block")
    let binding = try PlanBinding(Plan.identity(graph, profile: .tflm), to: graph)
    var generator = SplitMix64(seed: seed)
    var map = AddressMap(binding)
    // A few pages, so that edges are met.
    let end = min(map.count, 5000)
    var bytes = Bytewise(
      owners: Array(repeating: .nothing, count: end), writers: Array(repeating: nil, count: end))
    for step in 0..<200 {
      let width = [1, 2, 4, 8].randomElement(using: &generator) ?? 1
      let start = Int.random(in: 0..<end, using: &generator)
      let most = [4, 40, 3000].randomElement(using: &generator) ?? 4
      let count = min(Int.random(in: 1...most, using: &generator), (end - start) / width)
      let addresses = start..<start + count * width
      // Few owners, so that some follow others.
      let owner = AddressMap.Owner(
        tensor: step % 3, isSum: step % 5 == 0, index: start / width + step % 2)
      let run = OwnerRun(owner, width: width)
      var (there, missing): ([Int], [Int]) = ([], [])
      map.compare(addresses, with: run) {
        there += $0
      } missing: {
        missing.append($0)
      }
      #expect(there == addresses.filter { bytes.owners[$0] == run.owner(at: $0 - start) })
      #expect(missing == addresses.filter { bytes.owners[$0] != run.owner(at: $0 - start) })
      if step % 7 == 6 {
        map.release(from: start, byteCount: count * width)
      } else {
        map.take(from: start, count: count, width: width, for: owner, step: step)
      }
      for address in addresses {
        bytes.owners[address] = step % 7 == 6 ? .nothing : run.owner(at: address - start)
        bytes.writers[address] = step % 7 == 6 ? nil : step
      }
    }
    #expect((0..<end).map { map.owner(at: $0) } == bytes.owners)
    #expect((0..<end).map { map.writer(of: $0) } == bytes.writers)
    var owners: [AddressMap.Owner] = []
    map.forEachOwners(of: 0..<end) { addresses, run in
      owners += addresses.indices.map { run.owner(at: $0 - addresses.lowerBound) }
    }
    #expect(owners == bytes.owners)
  }
}
