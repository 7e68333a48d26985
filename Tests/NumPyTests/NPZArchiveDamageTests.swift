import NumPy
import Tensor
import Testing

@Suite struct NPZArchiveDamageTests {
  @Test(arguments: NPZGolden.all + [NPZGolden.deflated])
  func refusesEveryPrefix(_ golden: NPZGolden) {
    for count in 0..<golden.file.count {
      #expect(throws: NumPyError.self, "first \(count) bytes") {
        try NPZArchive(parsing: Bytes(copying: Array(golden.file.prefix(count))))
      }
    }
  }

  /// A damaged archive is refused, or the damage is where it does not matter: a date, for one.
  @Test(arguments: Damage.blocks)
  func noticesFlippedBits(_ damage: Damage) throws {
    let golden = NPZGolden.all[Int(damage.seed) % NPZGolden.all.count]
    let sound = try Self.arrays(golden.file)
    var refusals = 0
    damage.flippingBits(of: golden.file) { file in
      do throws(NumPyError) {
        let found = try Self.arrays(file)
        if found != sound { Issue.record("found \(found)") }
      } catch {
        refusals += error.description.isEmpty ? 0 : 1
      }
    }
    #expect(refusals > damage.count / 2)
  }

  @Test(arguments: Damage.blocks)
  func survivesReplacedNumbers(_ damage: Damage) {
    let golden = NPZGolden.all[Int(damage.seed) % NPZGolden.all.count]
    damage.replacingNumbers(of: golden.file) { file in
      do throws(NumPyError) {
        _ = try Self.arrays(file)
      } catch {
        if error.description.isEmpty { Issue.record("no description") }
      }
    }
  }

  private struct Named: Equatable {
    let name: String
    let array: NPYArray?
  }

  private static func arrays(_ file: [UInt8]) throws(NumPyError) -> [Named] {
    let archive = try NPZArchive(parsing: Bytes(copying: file))
    var arrays: [Named] = []
    for name in archive.memberNames {
      arrays.append(Named(name: name, array: try archive.array(named: name)))
    }
    return arrays
  }
}
