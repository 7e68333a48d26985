/// The attributes of an operator, by slot of its TensorFlow Lite options table.
///
/// A slot is the position of the field in the schema's table, from 0; of a custom operator it is the place
/// in `Builtin.attributes`. An absent field has the default that the schema gives it.
public protocol OptionTable {
  /// A field of one signed byte; enumerations are such fields.
  func int8(_ slot: Int, default: Int8) throws(OptionError) -> Int8
  /// A field of one signed 32-bit word.
  func int32(_ slot: Int, default: Int32) throws(OptionError) -> Int32
  /// A field of one float.
  func float32(_ slot: Int, default: Float) throws(OptionError) -> Float
  /// A field of one truth value.
  func bool(_ slot: Int, default: Bool) throws(OptionError) -> Bool
  /// A vector of signed 32-bit words; empty when absent.
  func int32s(_ slot: Int) throws(OptionError) -> [Int32]
  /// A subgraph, which a model names by its index.
  func routine(_ slot: Int) throws(OptionError) -> Routine
}

extension OptionTable {
  /// Most tables have none.
  public func routine(_ slot: Int) throws(OptionError) -> Routine {
    throw OptionError(slot: slot, expected: "a subgraph")
  }
}
