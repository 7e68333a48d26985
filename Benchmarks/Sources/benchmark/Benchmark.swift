import Foundation

/// Prints what checking costs, as multiples of what it checks, and fails where a goal is missed.
///
/// The fixtures are measured, and, where `TILEWRIGHT_CORPUS` names a folder of models, some of those;
/// arguments name the ones to measure alone, or are paths of models of which the search alone is timed.
@main
enum Benchmark {
  private static let symbolic = Goal(what: "symbolic check of a plan", limit: 4, unit: "x")
  private static let against = Goal(what: "symbolic check of a model", limit: 25, unit: "x")
  private static let shadow = Goal(what: "shadow run", limit: 6, unit: "x")
  private static let verify = Goal(what: "verify", limit: 5, unit: " s")

  /// In seconds, by model; other models of whole networks get ``longestSearch``.
  private static let searches = [
    "kws_aww": 1.0, "mlperf_vww_i8": 5, "mobilenet_v2_100_224_i8": longestSearch,
  ]
  private static let longestSearch = 20.0

  private static let fixtures = [
    "detector", "gesture_net", "image_classifier", "keyword_spotter", "magic_wand",
    "residual_block",
    "text_classifier",
  ]
  private static let corpus = [
    "kws_aww", "mlperf_resnet_i8", "mlperf_vww_i8", "mcunet_vww_i8", "person_detect_i8",
  ]

  static func main() throws {
    var paths = fixtures.map { (name: $0, path: "../fixtures/\($0)/\($0).tflite") }
    if let folder = ProcessInfo.processInfo.environment["TILEWRIGHT_CORPUS"] {
      paths += corpus.map { (name: $0, path: "\(folder)/models/\($0).tflite") }
    }
    let wanted = CommandLine.arguments.dropFirst()
    if !wanted.isEmpty { paths = paths.filter { wanted.contains($0.name) } }
    var missed = try searches(wanted)
    if wanted.isEmpty || wanted.contains("fuzz") {
      for (line, isMet) in try Fuzzing.figures() {
        print(line)
        missed += isMet ? 0 : 1
      }
    }
    for (name, path) in paths {
      let subject = try Subject(name: name, path: path)
      let plan = try subject.symbolicCheckOfPlan()
      let model = try subject.symbolicCheckOfModel()
      let shadowed = try subject.shadowRun()
      var figures = [
        symbolic.judge(name, plan.median, base: plan.baseSeconds),
        against.judge(name, model.median, base: model.baseSeconds),
        shadow.judge(name, shadowed.median, base: shadowed.baseSeconds),
      ]
      if name == "mlperf_vww_i8" { figures.append(verify.judge(name, try subject.verification())) }
      for (line, isMet) in figures {
        print(line)
        missed += isMet ? 0 : 1
      }
    }
    if missed > 0 { exit(1) }
  }

  /// Times the searches for the frontiers of models; how many took too long.
  private static func searches(_ wanted: ArraySlice<String>) throws -> Int {
    var models = wanted.filter { $0.hasSuffix(".tflite") }.map { (name: $0, path: $0) }
    if let folder = ProcessInfo.processInfo.environment["TILEWRIGHT_CORPUS"] {
      models += searches.keys.sorted().filter { wanted.isEmpty || wanted.contains($0) }
        .map { (name: $0, path: "\(folder)/models/\($0).tflite") }
    }
    var missed = 0
    for (name, path) in models {
      let goal = Goal(what: "search", limit: searches[name] ?? longestSearch, unit: " s")
      let (line, isMet) = goal.judge(name, try Subject.searchSeconds(path: path))
      print(line)
      missed += isMet ? 0 : 1
    }
    return missed
  }
}
