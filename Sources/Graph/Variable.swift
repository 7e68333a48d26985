public import Tensor

/// What a network keeps from one run to the next.
public struct Variable: Hashable, Sendable {
  /// What it holds in the course of a run, one tensor after the other.
  ///
  /// The first is given, the others are made by operators. All have one type.
  public let versions: [Int]
  /// What it holds before the first run; `nil` where that is what its type is reset to.
  public let initial: Bytes?

  /// Makes a variable.
  ///
  /// - Precondition: there is a version.
  public init(versions: [Int], initial: Bytes? = nil) {
    precondition(!versions.isEmpty, "a variable holds something")
    self.versions = versions
    self.initial = initial
  }

  /// What it holds before a run.
  public var before: Int { versions[0] }

  /// What it holds after a run.
  public var after: Int { versions[versions.count - 1] }
}
