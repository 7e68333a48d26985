/// Every operator there is: the one list that the reader, the tests and the tables go by.
public enum Catalog {
  /// One line per family of operators.
  public static let operators: [any Operator.Type] = [
    Add.self,
    AssignVariable.self,
    AveragePool2D.self,
    Cast.self,
    Concatenation.self,
    Conv2D.self,
    DepthwiseConv2D.self,
    Dequantize.self,
    DetectionPostprocess.self,
    FullyConnected.self,
    Gather.self,
    If.self,
    LeakyRelu.self,
    LogSoftmax.self,
    Logistic.self,
    MaxPool2D.self,
    Maximum.self,
    Mean.self,
    Mul.self,
    Pack.self,
    Pad.self,
    Quantize.self,
    ReadVariable.self,
    Relu.self,
    Reshape.self,
    SVDF.self,
    Softmax.self,
    Split.self,
    StridedSlice.self,
    Transpose.self,
    TransposeConv.self,
    UnidirectionalSequenceLSTM.self,
    While.self,
  ]

  /// The operator of a code of TensorFlow Lite's schema, a custom one by its name, and the family that it
  /// belongs to; `nil` if it is not supported.
  public static func operation(
    code: Int, customName: String? = nil
  ) -> (family: any Operator.Type, builtin: Builtin)? {
    for family in operators {
      for builtin in family.builtins
      where builtin.code == code && (!builtin.isCustom || builtin.name == customName) {
        return (family, builtin)
      }
    }
    return nil
  }
}
