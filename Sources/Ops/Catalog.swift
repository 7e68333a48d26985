/// Every operator there is: the one list that the reader, the tests and the tables go by.
public enum Catalog {
  /// One line per family of operators.
  public static let operators: [any Operator.Type] = [
    Abs.self,
    Add.self,
    AddN.self,
    ArgMax.self,
    AssignVariable.self,
    AveragePool2D.self,
    BatchMatMul.self,
    BroadcastArgs.self,
    BroadcastTo.self,
    Cast.self,
    CircularBuffer.self,
    Comparison.self,
    Concatenation.self,
    Conv2D.self,
    CumSum.self,
    DepthwiseConv2D.self,
    Dequantize.self,
    DetectionPostprocess.self,
    Div.self,
    DynamicUpdateSlice.self,
    Elu.self,
    EmbeddingLookup.self,
    Exponential.self,
    Fill.self,
    FloatFunction.self,
    Floor.self,
    FloorDiv.self,
    FullyConnected.self,
    Gather.self,
    GatherND.self,
    Gelu.self,
    HardSwish.self,
    If.self,
    L2Normalization.self,
    L2Pool2D.self,
    LeakyRelu.self,
    LogSoftmax.self,
    LogicalNot.self,
    LogicalPair.self,
    Logistic.self,
    MaxPool2D.self,
    Maximum.self,
    Mean.self,
    MirrorPad.self,
    Mul.self,
    Neg.self,
    OneHot.self,
    Pack.self,
    Pad.self,
    Pow.self,
    Prelu.self,
    Quantize.self,
    ReadVariable.self,
    Reduce.self,
    Relu.self,
    Reshape.self,
    ResizeBilinear.self,
    ResizeNearest.self,
    Reverse.self,
    ReverseSequence.self,
    SVDF.self,
    ScatterND.self,
    Select.self,
    ShapeOf.self,
    Sign.self,
    Slice.self,
    Softmax.self,
    SpaceToBatch.self,
    SpaceToDepth.self,
    Split.self,
    Sqrt.self,
    SquaredDifference.self,
    StridedSlice.self,
    Tile.self,
    Transpose.self,
    TransposeConv.self,
    UnidirectionalSequenceLSTM.self,
    While.self,
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
