public import Tensor

extension OfflinePlan {
  /// The model in `file` with this plan as its only offline memory plan.
  ///
  /// All that the file held stays as it was, behind a new root table. It moves by a multiple of 16 bytes, so
  /// that data keeps its alignment. The entry of an old plan is left out; its bytes stay, unused.
  ///
  /// - Complexity: linear in the file.
  public func written(into file: Bytes) throws(OfflinePlanError) -> [UInt8] {
    let (model, root): (Model, ModelRoot)
    do throws(ModelError) {
      model = try Model(parsing: file)
      root = try ModelRoot(file, of: model)
    } catch {
      throw .malformed(error)
    }
    guard offsets.count == model.tensorCount else {
      throw .offsetCount(found: offsets.count, expected: model.tensorCount)
    }
    if let place = root.externalData { throw .externalData(place) }
    if let place = root.unknownField { throw .unknownField(place) }
    let front = OfflinePlanFront(self, root).bytes
    let byteCount = front.count + file.count
    guard byteCount <= Int32.max else { throw .tooLarge(byteCount: byteCount) }
    return front + file.elements(of: UInt8.self)
  }
}
