internal import TiledExec
internal import Tensor

extension Finding {
  /// What a finding says but for the numbers of steps: it stays the same when other steps are left out.
  struct Essence: Hashable {
    let kind: String
    let names: [String]
    let count: Int
    let first: [Int]
    /// What lies there instead, whoever wrote it.
    var instead: Occupant?
  }

  /// What it says but for the numbers of steps.
  var essence: Essence {
    func essence(_ kind: String, _ names: [String], _ count: Int = 0, _ first: [Int] = [])
      -> Essence
    {
      Essence(kind: kind, names: names, count: count, first: first)
    }
    return switch self {
    case .misaligned(let buffer, _, _): essence("misaligned", [buffer])
    case .ringInput(let buffer): essence("ringInput", [buffer])
    case .readOutsideBuffer(_, _, let buffer, _, let reads):
      essence("readOutsideBuffer", [buffer], reads.count)
    case .writeOutsideBuffer(_, let buffer, _, let writes):
      essence("writeOutsideBuffer", [buffer], writes.count)
    case .ringTooShort(_, let buffer, _, _, let writes):
      essence("ringTooShort", [buffer], writes.count)
    case .notThere(_, _, let tensor, let count, let first, let instead):
      Essence(
        kind: "notThere", names: [tensor], count: count, first: first,
        instead: instead.byAnyStep)
    case .sumsNotThere(_, let tensor, let count, let first, let instead):
      Essence(
        kind: "sumsNotThere", names: [tensor], count: count, first: first,
        instead: instead.byAnyStep)
    case .overwritesOperand(_, let tensor, let operand, let count, let first):
      essence("overwritesOperand", [tensor, operand], count, first)
    case .overlappingResults(_, let first, let second):
      essence("overlappingResults", [first, second])
    case .addedTwice(_, let tensor, let operand, let count, let first):
      essence("addedTwice", [tensor, operand], count, first)
    case .notAdded(_, let tensor, let operand, let count, let first):
      essence("notAdded", [tensor, operand], count, first)
    case .outputMissing(let tensor, let count, let first):
      essence("outputMissing", [tensor], count, first)
    case .peakNotReached: essence("peakNotReached", [])
    }
  }
}

extension Occupant {
  /// The same, whoever wrote it.
  fileprivate var byAnyStep: Occupant {
    switch self {
    case .nothing: .nothing
    case .element(let tensor, let coordinate, _):
      .element(tensor: tensor, coordinate: coordinate, writtenBy: nil)
    case .sum(let tensor, let coordinate, _):
      .sum(tensor: tensor, coordinate: coordinate, writtenBy: nil)
    }
  }
}
