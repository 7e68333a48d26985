import Files
import Fuzz
import Glibc
import Graph
import NumPy
import Planning
import Reporting
import Tensor
import Verify

/// A folder with all that it takes to see a failure of `fuzz` again.
struct FailureBundle {
  /// What files are called.
  enum Name {
    static let model = "model.tflite"
    static let tiling = "tiling.json"
    static let plan = "plan.json"
    static let record = "case.json"
    /// What a tiler left, if it is neither a tiling nor a plan.
    static let made = "made"
  }

  /// The folder.
  let path: String

  /// Saves a failure to a new folder inside `parent`, which is made if it is not there; says in the record where.
  static func save(_ failure: CampaignFailure, to parent: String) -> FuzzFailure {
    var record = FuzzFailure(failure)
    do {
      let files = try CaseFiles(failure)
      var container = ArrayFolder(parent)
      try container.create()
      let path = try freshFolder("\(parent)/pair-\(failure.pair)")
      record.folder = path
      try FailureBundle(path: path).write(files, record)
    } catch {
      record.folder = nil
      record.notSaved = "\(error)"
    }
    return record
  }

  /// Throws where failures could not be saved to a folder: one that is there already, or one to be made.
  static func checkParent(_ path: String) throws(FileError) {
    if access(path, F_OK) == 0 {
      guard access("\(path)/.", W_OK | X_OK) == 0 else {
        throw .refused(.create, path: path, code: errno)
      }
    } else {
      try AtomicFile.check(path)
    }
  }

  /// Makes a folder of that name, or with a number behind it where there is one already.
  private static func freshFolder(_ name: String) throws(FileError) -> String {
    var path = name
    var number = 2
    while mkdir(path, 0o777) != 0 {
      guard errno == EEXIST else { throw .refused(.create, path: path, code: errno) }
      path = "\(name)-\(number)"
      number += 1
    }
    return path
  }

  private func write(_ files: CaseFiles, _ record: FuzzFailure) throws {
    try files.model.write(to: "\(path)/\(Name.model)")
    if let tiling = files.tiling { try Array(tiling.json.utf8).write(to: "\(path)/\(Name.tiling)") }
    if let plan = files.plan { try Array(plan.json.utf8).write(to: "\(path)/\(Name.plan)") }
    try files.made?.write(to: "\(path)/\(Name.made)")
    if let comparison = files.comparison {
      let folder = ArrayFolder(path)
      try folder.writeInputs(comparison.sample.inputs, of: files.graph)
      try folder.writeOutputs(comparison.expected, as: "expected", of: files.graph)
      if let actual = comparison.actual {
        try folder.writeOutputs(actual, as: "actual", of: files.graph)
      }
    }
    try Array(record.json().utf8).write(to: "\(path)/\(Name.record)")
  }
}
