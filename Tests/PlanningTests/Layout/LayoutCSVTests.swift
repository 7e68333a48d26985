import Planning
import Testing

@Suite struct LayoutCSVTests {
  private func table(_ text: String, alignment: Int = 1) throws(LayoutCSVError) -> LayoutCSV {
    try LayoutCSV(parsing: Array(text.utf8), alignment: alignment)
  }

  @Test func readsColumnsInAnyOrder() throws {
    let table = try table("size,id,offset,upper,lower\n4,a,,3,0\n8,b b,16,5,2\n")
    #expect(table.ids == ["a", "b b"])
    #expect(
      table.problem.buffers == [
        .init(sizeInBytes: 4, lifespans: [0..<3]),
        .init(sizeInBytes: 8, lifespans: [2..<5], fixedOffset: 16),
      ])
  }

  /// What editors and spreadsheets do to text.
  @Test(arguments: [
    "\u{FEFF}id,lower,upper,size\na,0,3,4\n", "id,lower,upper,size\r\na,0,3,4\r\n",
    "id,lower,upper,size\n\na,0,3,4", " id , lower,upper,size\n a,\t0, 3,4 \n\n  \n",
  ]) func readsTheSame(_ text: String) throws {
    let table = try table(text)
    #expect(table.ids == ["a"])
    #expect(table.problem.buffers == [.init(sizeInBytes: 4, lifespans: [0..<3])])
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let first = try table("id,lower,upper,size\na,0,3,4\nb,-2,5,8\n")
    let second = try table(first.text(offsets: [8, 0]))
    #expect(second.ids == first.ids)
    #expect(second.problem.buffers.map(\.fixedOffset) == [8, 0])
    #expect(second.problem.buffers.map(\.lifespans) == first.problem.buffers.map(\.lifespans))
    // Fixed buffers stay, and so does the text.
    #expect(second.text(offsets: [8, 0]) == first.text(offsets: [8, 0]))
  }

  static let faults: [(text: String, line: Int, column: String?)] = [
    ("", 1, nil), ("id,lower,upper\n", 1, nil), ("id,lower,upper,size,size\n", 1, nil),
    ("id,lower,upper,size,colour\n", 1, nil),
    ("id,lower,upper,size\na,0,1\n", 2, nil), ("id,lower,upper,size\na,0,1,2,3\n", 2, nil),
    ("id,lower,upper,size\n\na,0,1,x\n", 3, "size"),
    ("id,lower,upper,size\na,0,1,1.5\n", 2, "size"), ("id,lower,upper,size\na,,1,1\n", 2, "lower"),
    ("id,lower,upper,size\na,3,3,1\n", 2, "upper"), ("id,lower,upper,size\na,3,1,1\n", 2, "upper"),
    ("id,lower,upper,size\na,0,1,-1\n", 2, "size"), ("id,lower,upper,size\n,0,1,1\n", 2, "id"),
    ("id,lower,upper,size\na,0,1,1\na,0,1,1\n", 3, "id"),
    ("id,lower,upper,size,offset\na,0,1,1,-8\n", 2, "offset"),
    ("id,lower,upper,size,offset\na,0,2,4,0\nb,1,3,4,3\n", 3, "offset"),
    ("id,lower,upper,size\na,0,1,99999999999999999999\n", 2, "size"),
    ("id,lower,upper,size\na,0,1,\(Int.max)\nb,0,1,\(Int.max)\n", 2, nil),
    ("id,lower,upper,size\na,0,\(Int.max),1\n", 2, "upper"),
  ]

  @Test(arguments: faults) func namesTheLine(_ text: String, _ line: Int, _ column: String?) {
    let error = #expect(throws: LayoutCSVError.self) { try self.table(text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func bytesThatAreNoText() {
    let bytes = Array("id,lower,upper,size\n".utf8) + [0xFF, 0x2C, 0x0A]
    let error = #expect(throws: LayoutCSVError.self) { try LayoutCSV(parsing: bytes) }
    #expect(error?.line == 2)
  }
}
