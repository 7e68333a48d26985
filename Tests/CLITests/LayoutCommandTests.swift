import Foundation
import TestSupport
import Testing

@Suite struct LayoutCommandTests {
  /// What `layout --json` prints.
  struct Output: Decodable {
    let buffers: Int
    let peakInBytes: Int
    let lowerBound: Int
    let isProved: Bool
    let fits: Bool?
  }

  /// A chain in which each buffer meets the next: 20 and 6 are the largest that meet.
  private static let chain = """
    id,lower,upper,size
    a,0,2,1
    b,1,3,20
    c,2,4,6
    d,3,5,4
    e,4,6,8
    f,5,7,1

    """

  private func file(_ text: String, in folder: TemporaryDirectory) throws -> String {
    let path = "\(folder.path)/problem.csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func minimises() throws {
    let folder = try TemporaryDirectory()
    let path = try file(Self.chain, in: folder)
    let run = try Tool.run("layout", path, "--json")
    #expect(run.exitCode == 0)
    let output: Output = try run.json()
    #expect(output.buffers == 6)
    #expect(output.peakInBytes == 26)
    #expect(output.isProved)
    let text = try Tool.run("layout", path)
    #expect(text.output.contains("peak     26 bytes, proved to be the least"))
  }

  @Test(arguments: [("26", 0), ("1K", 0), ("25", 2), ("0", 2)])
  func fitsOrNot(_ capacity: String, _ exitCode: Int32) throws {
    let folder = try TemporaryDirectory()
    let run = try Tool.run(
      "layout", file(Self.chain, in: folder), "--capacity", capacity, "--json")
    #expect(run.exitCode == exitCode)
    let output: Output = try run.json()
    #expect(output.fits == (exitCode == 0))
  }

  /// What is written has an offset for each buffer, and keeps those that were fixed.
  @Test func writesOffsets() throws {
    let folder = try TemporaryDirectory()
    let path = try file(
      "id,lower,upper,size,offset\na,0,2,4,8\nb,1,3,4,\n", in: folder)
    let target = "\(folder.path)/out.csv"
    #expect(try Tool.run("layout", path, "--output", target).exitCode == 0)
    #expect(
      try String(contentsOfFile: target, encoding: .utf8)
        == "id,lower,upper,size,offset\na,0,2,4,8\nb,1,3,4,0\n")
  }

  /// Nothing is written where nothing fits.
  @Test func writesNothingThatDoesNotFit() throws {
    let folder = try TemporaryDirectory()
    let target = "\(folder.path)/out.csv"
    let run = try Tool.run(
      "layout", file(Self.chain, in: folder), "--capacity", "25", "--output", target)
    #expect(run.exitCode == 2)
    #expect(try folder.names() == ["problem.csv"])
  }

  @Test func badInput() throws {
    let folder = try TemporaryDirectory()
    let path = try file("id,lower,upper,size\na,5,3,1\n", in: folder)
    let run = try Tool.run("layout", path)
    #expect(run.exitCode == 4)
    #expect(
      run.errors
        == "tilewright: \(path): line 2, upper: expected a time after lower, which is 5, found 3\n")
    #expect(try Tool.run("layout", "\(folder.path)/none.csv").exitCode == 64)
    #expect(try Tool.run("layout", path, "--capacity", "-4").exitCode == 64)
    #expect(try Tool.run("layout", path, "--capacity", "9999999999999999M").exitCode == 64)
    #expect(try Tool.run("layout", path, "--alignment", "3").exitCode == 64)
  }
}
