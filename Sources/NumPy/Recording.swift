internal import Tensor

/// Recorded inputs and outputs of a model, as an `.npz` archive names them.
///
/// `c{K}_in{J}` and `c{K}_out{J}` are input and output J of case K; `real{K}_…` likewise. A member
/// `seq{K}_out{J}` is what case K gives when the cases run one after another without a reset. `t{I}`
/// is tensor I in case 0.
public struct Recording: Sendable {
  /// One run.
  public struct Case: Sendable {
    /// The prefix of its members, such as `c0`.
    public let name: String
    /// By input; `nil` where there is no such member.
    public let inputs: [NPYArray?]
    /// By output; `nil` where there is no such member.
    public let outputs: [NPYArray?]
    /// Outputs of the run in sequence, likewise; empty if none was recorded.
    public let sequenceOutputs: [NPYArray?]
  }

  /// The cases, those of `c` first, by number.
  public let cases: [Case]
  /// Tensors of case 0 by index.
  public let tensors: [Int: NPYArray]

  /// Members whose names mean nothing here.
  public let unknownMembers: [String]

  /// Sorts the members of an archive.
  ///
  /// - Throws: what is wrong with a member that has one of the names above.
  public init(_ archive: NPZArchive) throws(NumPyError) {
    var members: [Key: [Int: NPYArray]] = [:]
    var tensors: [Int: NPYArray] = [:]
    var unknown: [String] = []
    for name in archive.memberNames {
      if name.hasPrefix("t"), let index = Int(name.dropFirst()) {
        tensors[index] = try archive.array(named: name)
      } else if let (key, index) = Key.parse(name) {
        members[key, default: [:]][index] = try archive.array(named: name)
      } else {
        unknown.append(name)
      }
    }
    func arrays(_ prefix: String, _ number: Int, _ side: String) -> [NPYArray?] {
      let found = members[Key(prefix: prefix, number: number, side: side)] ?? [:]
      return (0..<((found.keys.max() ?? -1) + 1)).map { found[$0] }
    }
    self.tensors = tensors
    unknownMembers = unknown
    cases = ["c", "real"].flatMap { prefix in
      let numbers = Set(members.keys.filter { $0.prefix == prefix }.map(\.number)).sorted()
      return numbers.map { number in
        Case(
          name: "\(prefix)\(number)", inputs: arrays(prefix, number, "in"),
          outputs: arrays(prefix, number, "out"),
          sequenceOutputs: prefix == "c" ? arrays("seq", number, "out") : [])
      }
    }
  }

  /// What stands before a member's last number.
  private struct Key: Hashable {
    let prefix: String
    let number: Int
    let side: String

    /// Splits `PREFIX{K}_in{J}` or `PREFIX{K}_out{J}`; indices past 9999 are not names of ours.
    static func parse(_ name: String) -> (Key, index: Int)? {
      let parts = name.split(separator: "_", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      for prefix in ["c", "real", "seq"] {
        for side in ["in", "out"] {
          guard parts[0].hasPrefix(prefix), parts[1].hasPrefix(side),
            let number = Int(parts[0].dropFirst(prefix.count)),
            let index = Int(parts[1].dropFirst(side.count)),
            (0...9999).contains(number), (0...9999).contains(index)
          else { continue }
          return (Key(prefix: prefix, number: number, side: side), index)
        }
      }
      return nil
    }
  }
}
