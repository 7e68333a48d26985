import Tensor
import Testing
import TiledExec

@Suite struct ArenaTests {
  @Test func whatIsNeverWrittenIsNotCounted() {
    let arena = Arena(byteCount: 100, poison: 0xA5)
    #expect(arena.byteCount == 100)
    #expect(arena.highestDifferenceFromPoison == 0)
    arena.cells(at: 40, of: .int32).base.storeBytes(of: 7, as: UInt32.self)
    #expect(arena.highestDifferenceFromPoison == 44)
    arena.cells(at: 99, of: .int8).base.storeBytes(of: 0xA5, as: UInt8.self)
    #expect(arena.highestDifferenceFromPoison == 44, "the poison's own value is not seen")
    arena.cells(at: 99, of: .int8).base.storeBytes(of: 0x5A, as: UInt8.self)
    #expect(arena.highestDifferenceFromPoison == 100)
  }

  @Test func theStartIsAligned() {
    for byteCount in [0, 1, 63, 4096] {
      let arena = Arena(byteCount: byteCount, poison: 0)
      #expect(UInt(bitPattern: arena.cells(at: 0, of: .int8).base) % 64 == 0)
      #expect(arena.highestDifferenceFromPoison == 0)
    }
  }

  @Test(arguments: [0, 1, 63, 4096, 5000]) func aGuardedArenaEndsWhereAPageDoes(
    _ byteCount: Int
  ) {
    let arena = Arena(byteCount: byteCount, poison: 0xA5, isGuarded: true)
    #expect(UInt(bitPattern: arena.cells(at: byteCount, of: .int8).base) % 4096 == 0)
    #expect(arena.highestDifferenceFromPoison == 0)
    guard byteCount > 0 else { return }
    arena.cells(at: byteCount - 1, of: .int8).base.storeBytes(of: 7, as: UInt8.self)
    #expect(arena.highestDifferenceFromPoison == byteCount)
  }

  @Test func theByteAfterAGuardedArenaTraps() async {
    await #expect(processExitsWith: .failure) {
      let arena = Arena(byteCount: 100, poison: 0, isGuarded: true)
      arena.cells(at: 100, of: .int8).base.storeBytes(of: 1, as: UInt8.self)
    }
  }

  @Test func cellsSayHowWideTheyAre() {
    let arena = Arena(byteCount: 16, poison: 0)
    let cells = arena.cells(at: 16, of: .int32)
    #expect(cells.width == 4)
    #expect(!cells.isConstant)
  }
}
