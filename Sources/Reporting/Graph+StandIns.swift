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
    return [
      "TensorFlow Lite Micro has no kernel for \(nodes.count.counted("operator")) in these types "
        + "(\(names)): LiteRT's stands in"
    ]
  }
}
