/// The fields that are read, by table of TensorFlow Lite's schema, version 3.
enum Schema {
  /// The version of the schema.
  static let version = 3
  /// The bytes 4..<8 of a file.
  static let identifier = Array("TFL3".utf8)
  /// The smallest offset that names data behind the FlatBuffer; 0 and 1 stand for none.
  static let smallestExternalOffset: UInt64 = 2

  enum Model {
    static let version = Field(0, "version")
    static let operatorCodes = Field(1, "operator_codes")
    static let subgraphs = Field(2, "subgraphs")
    static let description = Field(3, "description")
    static let buffers = Field(4, "buffers")
    static let metadata = Field(6, "metadata")
    /// How many fields there are; all but the version refer to a vector of words, or of bytes.
    ///
    /// Behind the metadata come signatures, and lists of external buffers.
    static let fieldCount = 10
  }

  enum OperatorCode {
    static let deprecatedBuiltinCode = Field(0, "deprecated_builtin_code")
    static let customCode = Field(1, "custom_code")
    static let version = Field(2, "version")
    static let builtinCode = Field(3, "builtin_code")
  }

  enum Subgraph {
    static let tensors = Field(0, "tensors")
    static let inputs = Field(1, "inputs")
    static let outputs = Field(2, "outputs")
    static let operators = Field(3, "operators")
    static let name = Field(4, "name")
  }

  enum Tensor {
    static let shape = Field(0, "shape")
    static let type = Field(1, "type")
    static let buffer = Field(2, "buffer")
    static let name = Field(3, "name")
    static let quantization = Field(4, "quantization")
    static let isVariable = Field(5, "is_variable")
    static let sparsity = Field(6, "sparsity")
    static let shapeSignature = Field(7, "shape_signature")
    static let externalBuffer = Field(10, "external_buffer")
  }

  enum Quantization {
    static let scale = Field(2, "scale")
    static let zeroPoint = Field(3, "zero_point")
    static let detailsType = Field(4, "details_type")
    static let quantizedDimension = Field(6, "quantized_dimension")
  }

  enum Operator {
    static let opcodeIndex = Field(0, "opcode_index")
    static let inputs = Field(1, "inputs")
    static let outputs = Field(2, "outputs")
    static let optionsType = Field(3, "builtin_options_type")
    static let options = Field(4, "builtin_options")
    static let customOptions = Field(5, "custom_options")
    static let intermediates = Field(8, "intermediates")
    static let customOptionsOffset = Field(9, "large_custom_options_offset")
    static let customOptionsSize = Field(10, "large_custom_options_size")
    static let options2Type = Field(11, "builtin_options_2_type")
    static let options2 = Field(12, "builtin_options_2")
  }

  enum Buffer {
    static let data = Field(0, "data")
    static let offset = Field(1, "offset")
    static let size = Field(2, "size")
  }

  enum Metadata {
    static let name = Field(0, "name")
    static let buffer = Field(1, "buffer")
  }
}
