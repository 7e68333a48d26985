/// What a `GraphBuilder` cannot make.
public enum GraphBuilderError: Error {
  /// The catalogue has no operator of that code.
  case noSuchOperator(Int)
  /// The extents are no shape.
  case noShape([Int])
}
