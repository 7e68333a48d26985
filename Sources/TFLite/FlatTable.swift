internal import Tensor

/// A table of a FlatBuffer: fields by schema position, each read checked against table and file.
///
/// Making one proves that its vtable and its inline fields are inside the file.
public struct FlatTable: Sendable {
  let file: FlatBuffer
  let place: ModelPlace
  private let vtableOffset: Int
  /// How many fields the vtable lists, present or not.
  let slotCount: Int
  private let byteCount: Int

  var path: ModelPath { place.path }
  var offset: Int { place.offset }

  /// Checks the table at `place`.
  init(in file: FlatBuffer, at place: ModelPlace) throws(ModelError) {
    guard let distance = file.number(at: place.offset, as: Int32.self) else {
      throw .outside(
        at: place, .table, byteCount: 4, available: file.available(from: place.offset))
    }
    let vtable = ModelPlace(place.path, place.offset - Int(distance))
    guard let vtableSize = file.number(at: vtable.offset, as: UInt16.self),
      let tableSize = file.number(at: vtable.offset + 2, as: UInt16.self)
    else {
      throw .outside(
        at: vtable, .vtable, byteCount: 4, available: file.available(from: vtable.offset))
    }
    guard vtableSize >= 4, vtableSize.isMultiple(of: 2), tableSize >= 4 else {
      throw .tableSizes(at: vtable, vtable: Int(vtableSize), table: Int(tableSize))
    }
    guard file.contains(Int(vtableSize), at: vtable.offset) else {
      throw .outside(
        at: vtable, .vtable, byteCount: Int(vtableSize),
        available: file.available(from: vtable.offset))
    }
    guard file.contains(Int(tableSize), at: place.offset) else {
      throw .outside(
        at: place, .table, byteCount: Int(tableSize),
        available: file.available(from: place.offset))
    }
    self.file = file
    self.place = place
    vtableOffset = vtable.offset
    slotCount = (Int(vtableSize) - 4) / 2
    byteCount = Int(tableSize)
  }

  /// The place of a field's value in the file; `nil` when the field is absent.
  func place(of field: Field, byteCount width: Int) throws(ModelError) -> ModelPlace? {
    let start = start(of: field)
    if start == 0 { return nil }
    guard start + width <= byteCount else {
      throw .outside(
        at: place(naming: field), .field, byteCount: width, available: max(0, byteCount - start))
    }
    return place(naming: field)
  }

  /// The place of a field for messages; the table's own when the field is absent.
  func place(naming field: Field) -> ModelPlace {
    ModelPlace(path[field.name], offset + start(of: field))
  }

  /// Bytes from the table's start to the field; 0 when it is absent.
  private func start(of field: Field) -> Int {
    guard field.slot >= 0, field.slot < slotCount else { return 0 }
    return Int(file.number(at: vtableOffset + 4 + 2 * field.slot, as: UInt16.self) ?? 0)
  }

  /// A field of one integer.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: Field, default value: Number
  ) throws(ModelError) -> Number {
    guard let place = try place(of: field, byteCount: MemoryLayout<Number>.size) else {
      return value
    }
    return file.number(at: place.offset, as: Number.self) ?? value
  }

  /// A field of one float.
  func float(_ field: Field, default value: Float) throws(ModelError) -> Float {
    Float(bitPattern: try number(field, default: value.bitPattern))
  }

  /// A field that refers to another table; `nil` when absent.
  func table(_ field: Field) throws(ModelError) -> FlatTable? {
    guard let target = try target(of: field) else { return nil }
    return try FlatTable(in: file, at: target)
  }

  /// A field that refers to a vector, or to a string, a vector of bytes; `nil` when absent.
  func vector(_ field: Field, stride: Int) throws(ModelError) -> FlatVector? {
    guard let target = try target(of: field) else { return nil }
    return try FlatVector(in: file, at: target, stride: stride)
  }

  private func target(of field: Field) throws(ModelError) -> ModelPlace? {
    guard let place = try place(of: field, byteCount: 4),
      let distance = file.number(at: place.offset, as: UInt32.self)
    else { return nil }
    return ModelPlace(place.path, place.offset + Int(distance))
  }
}
