/// What `measure --json` prints.
struct MeasureOutput: Decodable {
  struct Row: Decodable {
    let op: Int
    let name: String
    let output: String
    let steps: Int
    let macs: Int
    let liveBytes: Int
  }

  struct Binding: Decodable {
    let buffer: String
    let tensor: String
    let bytes: Int
  }

  let model: String
  let profile: String
  let plan: String
  let measuredPeakInBytes: Int
  let plannedPeakInBytes: Int
  let macs: Int
  let operators: [Row]
  let peakStep: Int?
  let binding: [Binding]
  let liveBytesByStep: [Int]
}
