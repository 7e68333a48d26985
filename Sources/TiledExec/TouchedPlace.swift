/// A place that a kernel touched though it may not.
public struct TouchedPlace: Hashable, Sendable {
  /// The byte of the arena, or of what the caller holds after it; `nil` in no memory of the run.
  public let address: Int?
  /// The buffer of the step in which it lies.
  public let buffer: String?
  /// The coordinate that lies there in that buffer; `nil` where a ring has several.
  public let coordinate: [Int]?
  /// What was there.
  public let occupant: Occupant

  /// Makes a place.
  public init(address: Int?, buffer: String?, coordinate: [Int]?, occupant: Occupant) {
    self.address = address
    self.buffer = buffer
    self.coordinate = coordinate
    self.occupant = occupant
  }
}

extension TouchedPlace: CustomStringConvertible {
  /// Where it lies, and what was there.
  public var description: String {
    guard let address else { return "in no memory of the run" }
    let place = buffer.map { ", \(coordinate.map { "\($0) of " } ?? "in ")buffer \($0)" } ?? ""
    return "at byte \(address)\(place): \(occupant)"
  }
}
