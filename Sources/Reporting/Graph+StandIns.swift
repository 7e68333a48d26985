public import Graph
internal import Ops

extension Graph {
  /// A note on operators for whose types the implementation that `profile` names has no kernel; none where
  /// there are none.
  public func standIns(under profile: String) -> [String] {
    guard let profile = Profile.named(profile) else { return [] }
    let nodes = nodes.filter { $0.isStandIn(under: profile) }
    if nodes.isEmpty { return [] }
    let names = Set(nodes.map(\.operatorName)).sorted().joined(separator: ", ")
    let (missing, present) =
      profile == .tflm
      ? ("TensorFlow Lite Micro", "LiteRT") : ("LiteRT", "TensorFlow Lite Micro")
    return [
      "\(missing) has no reference kernel for \(nodes.count.counted("operator")) in these types "
        + "(\(names)): that of \(present) stands in"
    ]
  }
}
