/// Every operator there is: the one list that the reader, the tests and the tables go by.
public enum Catalog {
  /// One line per operator.
  public static let operators: [any Operator.Type] = [
    Add.self,
    AveragePool2D.self,
    Conv2D.self,
    DepthwiseConv2D.self,
    FullyConnected.self,
    Reshape.self,
    Softmax.self,
  ]

  /// The operator of a code of TensorFlow Lite's schema; `nil` if it is not supported.
  public static func operation(builtinCode: Int) -> (any Operator.Type)? {
    operators.first { $0.builtinCode == builtinCode }
  }
}
