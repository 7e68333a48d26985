import Files
import Foundation
import TFLite
import Tensor
import TestSupport
import Testing

#if compiler(>=6.3)
/// What files whose parts are referred to many times make us allocate, each in a process of its own.
///
/// What is measured is the growth of resident memory at its highest, from the bytes to the graph or the
/// error; pages that are reserved and never touched do not count.
@Suite struct HostileMemoryTests {
  @Test(.timeLimit(.minutes(1)), arguments: CrowdedFile.allCases)
  func memoryIsASmallMultiple(_ kind: CrowdedFile) async throws {
    // Written here, so that the process that reads it has no freed memory to use again.
    let folder = try TemporaryDirectory()
    let path = "\(folder.path)/crowded.tflite"
    try Data(kind.file.content).write(to: URL(fileURLWithPath: path))
    await #expect(processExitsWith: .success, "\(kind)") {
      [path = path as String, kind = kind as CrowdedFile] in
      let bytes = try MappedFile.bytes(of: path)
      var fate = ModelFate.ran
      let growth = try #require(ResidentMemory.growth { fate = ModelFate.of(bytes) })
      #expect(fate == kind.fate)
      #expect(growth <= 64 * bytes.count + 8 << 20, "\(growth) bytes for \(bytes.count)")
    }
  }

  /// What is measured is what is meant.
  @Test func growthIsSeen() async {
    await #expect(processExitsWith: .success) {
      var memory: [UInt8] = []
      let growth = try #require(
        ResidentMemory.growth { memory = [UInt8](repeating: 1, count: 100 << 20) })
      #expect(growth > 90 << 20 && memory.count == 100 << 20)
    }
  }
}
#endif
