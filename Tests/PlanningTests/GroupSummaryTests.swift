import Planning
import Testing

/// How groups are named: rows and columns are what is made at a time, tiles are what they are cut into.
@Suite struct GroupSummaryTests {
  private static let slices = FusedGroup(
    ops: [2, 3], mode: .channels, cuts: .init(channels: [0, 8, 16]))

  @Test(
    arguments: [
      (
        FusedGroup(ops: [0, 1, 2], mode: .line), "operators 0 to 2 line-buffered by rows",
        "0-2 by rows"
      ),
      (
        FusedGroup(ops: [4], mode: .line, ringAxis: .width),
        "operator 4 line-buffered by columns", "4 by columns"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .line, cuts: .init(width: [0, 1, 2, 3])),
        "operators 0 to 1 line-buffered by rows, each row in 3 tiles", "0-1 by rows in 3 tiles"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .line, cuts: .init(height: [0, 2, 4]), ringAxis: .width),
        "operators 0 to 1 line-buffered by columns, each column in 2 tiles",
        "0-1 by columns in 2 tiles"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .line, cuts: .init(width: [0, 4]), step: 2),
        "operators 0 to 1 line-buffered, 2 rows at a time", "0-1 by 2 rows"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .line, cuts: .init(width: [0, 2, 4]), step: 2),
        "operators 0 to 1 line-buffered, 2 rows at a time, in 2 tiles", "0-1 by 2 rows in 2 tiles"
      ),
      (
        FusedGroup(ops: [0, 1, 2], mode: .line, early: [1]),
        "operators 0 to 2 line-buffered by rows, early: 1", "0-2 by rows"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .recompute, cuts: .init(height: [0, 9, 18, 25])),
        "operators 0 to 1 in spatial tiles, 3 down the height", "0-1 in 3x1 tiles"
      ),
      (
        FusedGroup(ops: [0, 1], mode: .recompute, cuts: .init(width: [0, 5, 10])),
        "operators 0 to 1 in spatial tiles, 2 across the width", "0-1 in 1x2 tiles"
      ),
      (
        FusedGroup(
          ops: [0, 1], mode: .recompute, cuts: .init(height: [0, 9, 18, 25], width: [0, 5, 10])),
        "operators 0 to 1 in spatial tiles, 3 down the height by 2 across the width",
        "0-1 in 3x2 tiles"
      ),
      (
        FusedGroup(ops: [0], mode: .recompute), "operator 0 in one spatial tile", "0 in 1x1 tiles"
      ),
      (slices, "operators 2 to 3 in 2 slices of channels", "2-3 in 2 slices"),
      (
        FusedGroup(
          ops: [0, 1], mode: .recompute, cuts: .init(height: [0, 2, 4]),
          inner: FusedGroup(ops: [0, 1], mode: .line, ringAxis: .width)),
        "operators 0 to 1 in spatial tiles, 2 down the height, each line-buffered by columns",
        "0-1 in 2x1 tiles by columns"
      ),
      (
        FusedGroup(
          ops: [1, 2, 3], mode: .recompute, cuts: .init(height: [0, 2, 4]), inner: slices),
        "operators 1 to 3 in spatial tiles, 2 down the height, "
          + "in each operators 2 to 3 in 2 slices of channels",
        "1-3 in 2x1 tiles in 2 slices"
      ),
    ] as [(FusedGroup, String, String)]
  ) func goldens(_ group: FusedGroup, _ summary: String, _ brief: String) {
    #expect(group.summary == summary)
    #expect(group.brief == brief)
  }

  @Test func tilings() {
    let groups = [0, 2, 4, 6, 8].map { FusedGroup(ops: [$0, $0 + 1], mode: .line) }
    func tiling(_ count: Int) -> Tiling { Tiling(modelHash: "", groups: Array(groups[..<count])) }
    #expect(tiling(0).brief == "untiled")
    #expect(tiling(2).brief == "0-1 by rows, 2-3 by rows")
    #expect(tiling(5).brief == "0-1 by rows, 2-3 by rows, 4-5 by rows, 6-7 by rows and 1 more")
    #expect(tiling(2).searchModes == [.line])
  }
}
