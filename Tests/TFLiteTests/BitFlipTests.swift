import TestSupport
import Testing

/// Damaged files through the whole way to results: a typed error or a run, and no trap.
@Suite struct BitFlipTests {
  @Test(arguments: DamagedFiles.all) func noneTraps(_ files: DamagedFiles) async throws {
    #if compiler(>=6.3)
    await expectNoTrap(files)
    #else
    _ = try files.read()
    #endif
  }

  @Test func everyFateIsMet() throws {
    let fates = try DamagedFiles(source: .tiny, seeds: 0..<4000).read()
    #expect(Set(fates.keys) == [.malformed, .refused, .noNetwork, .ran])
    #expect(fates.values.reduce(0, +) == 4000)
  }

  #if compiler(>=6.3)
  /// Reads the files in a process of its own, and where that ends badly again by halves, down to the
  /// one seed: the last issues name it.
  private func expectNoTrap(_ files: DamagedFiles) async {
    let replay = Budget.replay(files.seeds.lowerBound, suite: "BitFlipTests")
    let result = await #expect(
      processExitsWith: .success, "\(files.testDescription); the first alone: \(replay)"
    ) { [files = files as DamagedFiles] in
      _ = try files.read()
    }
    guard result == nil else { return }
    for half in files.halves { await expectNoTrap(half) }
  }
  #endif
}
