import Glibc
import NumPy
import Tensor
import Testing

/// Reads the recorded goldens when `TILEWRIGHT_CORPUS` names the directory that holds them.
@Suite struct CorpusTests {
  private static let corpus = getenv("TILEWRIGHT_CORPUS").map { String(cString: $0) }

  @Test(.enabled(if: corpus != nil)) func readsRecordedGoldens() throws {
    let corpus = try #require(Self.corpus)
    let archive = try NPZArchive(contentsOf: corpus + "/goldens/kws_aww.npz")
    #expect(archive.memberNames.first == "c0_in0")
    let input = try #require(try archive.array(named: "c0_in0"))
    #expect(input.element == .int8)
    #expect(input.shape == Shape(1, 49, 10, 1))
    for name in archive.memberNames {
      let array = try #require(try archive.array(named: name))
      #expect(try NPYArray(parsing: Bytes(copying: array.serialized())) == array)
    }
  }
}
