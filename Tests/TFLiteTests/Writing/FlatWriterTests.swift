import TFLite
import Tensor
import Testing

/// FlatBuffers byte by byte, and the attributes of custom operators.
@Suite struct FlatWriterTests {
  private func bytes(of root: FlatValue) -> [UInt8] {
    FlatWriter.bytes(of: root, identifier: Array("TEST".utf8), capacity: 0)
  }

  /// The largest field comes first, at a multiple of its size; a string has a zero behind it.
  @Test func aTable() {
    let root = FlatValue.table([
      0: .number(UInt8(7)), 2: .number(UInt64(9)), 3: .string("ab"),
    ])
    let expected: [[UInt8]] = [
      [20, 0, 0, 0], Array("TEST".utf8),
      // The vtable: its size, the table's, and where the fields are.
      [12, 0, 17, 0, 16, 0, 0, 0, 4, 0, 12, 0],
      [12, 0, 0, 0], [9, 0, 0, 0, 0, 0, 0, 0], [8, 0, 0, 0], [7], [0, 0, 0],
      [2, 0, 0, 0], Array("ab".utf8), [0],
    ]
    #expect(bytes(of: root) == expected.flatMap(\.self))
  }

  @Test func tablesOfTheSameFieldsShareAVtable() {
    let root = FlatValue.pieces([
      .table([0: .number(UInt8(1))]), .table([0: .number(UInt8(2))]),
    ])
    let expected: [[UInt8]] = [
      [8, 0, 0, 0], Array("TEST".utf8), [2, 0, 0, 0], [16, 0, 0, 0], [20, 0, 0, 0],
      [6, 0, 5, 0, 4, 0], [0, 0], [8, 0, 0, 0], [1], [0, 0, 0], [16, 0, 0, 0], [2],
    ]
    #expect(bytes(of: root) == expected.flatMap(\.self))
  }

  /// Elements start at a multiple of their size, and data at one of 16.
  @Test func vectorsAreAligned() {
    let wide = bytes(of: .numbers([1, -2] as [Int64]))
    #expect(wide[..<4] == [12, 0, 0, 0] && wide[12..<16] == [2, 0, 0, 0] && wide.count == 32)
    let data = bytes(of: .data(Bytes(copying: [5, 6, 7] as [UInt8])))
    #expect(data[12..<16] == [3, 0, 0, 0] && data[16...] == [5, 6, 7])
    let floats = bytes(of: .floats([1.5]))
    #expect(floats[12...] == [0, 0, 0xC0, 0x3F])
  }
}
