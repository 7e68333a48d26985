/// The random key of a run on fingerprints, and the coefficients that were drawn under it.
///
/// One run at a time uses a key.
public final class FieldKey: @unchecked Sendable {
  /// What the coefficients of a sum of products are, and what tells functions apart.
  public enum Identity: Hashable, Sendable {
    /// Random by operator, operand and position, the same for all output channels: for programs of one
    /// network, which share operators and weights by identity.
    case operators
    /// The weights themselves, and the parameters of functions: for programs of different networks.
    case parameters
  }

  /// What tells operators apart.
  public let identity: Identity
  let word: UInt64
  private var tables: [Int: CoefficientTables] = [:]

  /// A key; `word` should be random.
  public init(_ word: UInt64, identity: Identity = .operators) {
    self.word = word
    self.identity = identity
  }

  /// The coefficients of an operator.
  func coefficients(of op: Int) -> CoefficientTables {
    if let table = tables[op] { return table }
    let table = CoefficientTables()
    tables[op] = table
    return table
  }
}

extension FieldKey: Hashable {
  /// Keys are equal if they are one.
  public static func == (left: FieldKey, right: FieldKey) -> Bool { left === right }

  /// Tells keys apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
