import Files
import NumPy
import Tensor
import TestSupport
import Testing

@Suite struct NPYFileTests {
  private static let array = NPYArray(
    element: .int16, shape: Shape(2, 2), bytes: Bytes(copying: [1, 2, 3, -4] as [Int16]))

  @Test func writesAndReads() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.npy"
    try Self.array.write(to: path)
    #expect(try directory.names() == ["x.npy"])
    #expect(try NPYArray(contentsOf: path) == Self.array)
    #expect(try MappedFile.bytes(of: path) == Bytes(copying: Self.array.serialized()))
  }

  @Test func namesThePathThatFails() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/none/x.npy"
    #expect(throws: FileError.self) { try NPYArray(contentsOf: path) }
    #expect(throws: FileError.self) { try NPZArchive(contentsOf: path) }
    #expect(throws: FileError.self) { try Self.array.write(to: path) }
    #expect(try directory.names().isEmpty)
  }
}
