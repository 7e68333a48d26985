/// The order in which operators run.
public enum OrderPolicy: String, Hashable, Sendable, CaseIterable {
  /// The model file's, which TensorFlow Lite Micro keeps to.
  case file
  /// The one that needs the least memory; the file's where that is as good.
  case least
}
