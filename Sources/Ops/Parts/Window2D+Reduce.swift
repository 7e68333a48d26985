internal import Tensor

extension Window {
  /// The input coordinates under the window at `output`.
  fileprivate func coordinates(at output: Int) -> [Int] {
    (0..<size).map { coordinate(at: output, tap: $0) }.filter { (0..<extent).contains($0) }
  }
}

extension Window2D {
  /// What `function` makes of the real numbers under each window, padding left out, channel by
  /// channel.
  func reduce(
    _ input: RealTensor?, _ signature: Signature, _ function: ([Double]) -> Double
  ) -> RealTensor {
    guard let input else { preconditionFailure("a pool has an input") }
    let output = signature.outputs[0].shape
    return RealTensor(
      output,
      (0..<output.count).map { index in
        let place = output.coordinate(at: index)
        let rows = height.coordinates(at: place[1])
        let columns = width.coordinates(at: place[2])
        return function(
          rows.flatMap { row in
            columns.map { column in
              input.values[input.shape.index(of: [place[0], row, column, place[3]])]
            }
          })
      })
  }
}
