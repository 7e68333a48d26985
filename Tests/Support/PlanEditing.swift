public import Graph

/// A name that no buffer of a plan has.
public struct PlanEditingError: Error {
  /// The name.
  public let name: String
}

extension Plan {
  /// The index of the buffer of that name.
  public func index(of name: String) throws -> Int {
    guard let index = buffers.firstIndex(where: { $0.name == name }) else {
      throw PlanEditingError(name: name)
    }
    return index
  }

  /// Changes the buffer of that name.
  public mutating func edit(_ name: String, _ change: (inout PlanBuffer) -> Void) throws {
    change(&buffers[try index(of: name)])
  }

  /// Adds a buffer and returns its index.
  public mutating func add(_ buffer: PlanBuffer) -> Int {
    buffers.append(buffer)
    return buffers.count - 1
  }
}
