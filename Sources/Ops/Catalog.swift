/// Every operator there is: the one list that the reader, the tests and the tables go by.
public enum Catalog {
  /// One line per family of operators.
  public static let operators: [any Operator.Type] = [
    Abs.self,
    Add.self,
    AveragePool2D.self,
    Cast.self,
    Concatenation.self,
    Conv2D.self,
    DepthwiseConv2D.self,
    Dequantize.self,
    DetectionPostprocess.self,
    Elu.self,
    Exponential.self,
    FloatFunction.self,
    Floor.self,
    FullyConnected.self,
    Gather.self,
    Gelu.self,
    HardSwish.self,
    LeakyRelu.self,
    LogSoftmax.self,
    LogicalNot.self,
    Logistic.self,
    MaxPool2D.self,
    Maximum.self,
    Mean.self,
    Mul.self,
    Neg.self,
    Pack.self,
    Pad.self,
    Prelu.self,
    Quantize.self,
    Relu.self,
    Reshape.self,
    SVDF.self,
    Sign.self,
    Softmax.self,
    Split.self,
    Sqrt.self,
    StridedSlice.self,
    Transpose.self,
    TransposeConv.self,
    UnidirectionalSequenceLSTM.self,
    ZerosLike.self,
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
