internal import Verify

/// What a report shows of the comparison with real numbers.
struct OracleSection: Encodable {
  let sample: String
  let results: [Result]
  let beyondBound: [String]
  let rounding: [Rounding]
  private let nearest: String?

  enum CodingKeys: CodingKey { case sample, results, beyondBound, rounding }

  /// One result of one operator against its own real-valued function.
  struct Result: Encodable {
    let op: Int
    let name: String
    let tensor: String
    /// `nil` where a result is not a number.
    let largest: Double?
    let bound: Double
    let unit: String
  }

  /// One tensor against a network that rounds nowhere.
  struct Rounding: Encodable {
    let tensor: String
    let isOutput: Bool
    let largest: Double?
    /// In decibels; infinite where nothing differs.
    let sqnr: Double
  }

  init(_ check: OracleCheck) {
    sample = check.sample
    results = check.results.map { result in
      Result(
        op: result.op, name: result.operatorName, tensor: result.tensor,
        largest: result.largest.isFinite ? result.largest : nil, bound: result.bound,
        unit: result.inSteps ? "steps" : "numbers")
    }
    beyondBound = check.beyondBound.map(\.description)
    rounding = check.rounding.map { error in
      Rounding(
        tensor: error.tensor, isOutput: error.isOutput,
        largest: error.largest.isFinite ? error.largest : nil,
        sqnr: error.sqnr)
    }
    nearest = check.nearestToBound?.description
  }

  /// Whether operators do what they say, and how far the network as a whole is from real numbers.
  var lines: [String] {
    var lines =
      beyondBound.isEmpty
      ? [
        "oracle   \(results.count.counted("result")) as near their real-valued functions as operators say"
      ]
      : ["oracle   \(beyondBound.count) of \(results.count) results are beyond their bound"]
    if let nearest { lines.append("         nearest to its bound: \(nearest)") }
    lines += rounding.filter(\.isOutput).map { error in
      "float    \(error.tensor): off by \(error.largest?.threeDigits ?? "nan") of a network that neither "
        + "rounds nor clamps, SQNR \(error.sqnr.threeDigits) dB; not judged"
    }
    return lines
  }
}
