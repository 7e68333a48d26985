import Foundation
import Planning
import TestSupport

/// The problems in `fixtures/layouts`.
enum LayoutFixture {
  static func problem(_ name: String) throws -> LayoutProblem {
    let path = "\(Fixtures.path)/layouts/\(name).1048576.csv"
    let text = try Data(contentsOf: URL(fileURLWithPath: path))
    return try LayoutCSV(parsing: Array(text)).problem
  }
}
