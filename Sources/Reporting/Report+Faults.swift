internal import TiledExec
public import Verify

extension Report {
  /// Why the plan is not known to be the network's; nothing where the verdict is open for another reason, such
  /// as a kernel that is far from real numbers.
  public var faults: [String] {
    switch verdict {
    case .equivalent: []
    case .different(.findings(let findings)): findings.map(\.description)
    case .different(.shadow(let findings)): findings.map(\.description)
    case .different(.difference(let difference)): [difference.description]
    case .different(.output(let difference)): ["\(difference)"]
    case .inconclusive(let reasons):
      reasons.filter { reason in
        switch reason {
        case .fingerprintsDiffer, .reordersFloatSums: true
        case .beyondErrorBound, .noInputs: false
        }
      }.map(\.description)
    }
  }
}
