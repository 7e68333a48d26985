internal import Tensor

extension Window2D {
  /// The input of every window as one row of a matrix, padding as 0: rows are output pixels,
  /// columns taps, then channels (im2col).
  func patches(of input: RealTensor, output: Shape) -> [Double] {
    let channels = input.shape[3]
    let strides = input.shape.strides
    var patches = [Double](
      repeating: 0, count: output[0] * output[1] * output[2] * size * channels)
    var start = 0
    for batch in 0..<output[0] {
      for y in 0..<output[1] {
        for x in 0..<output[2] {
          for kernelY in 0..<height.size {
            for kernelX in 0..<width.size {
              let row = height.coordinate(at: y, tap: kernelY)
              let column = width.coordinate(at: x, tap: kernelX)
              if (0..<height.extent).contains(row) && (0..<width.extent).contains(column) {
                let from = batch * strides[0] + row * strides[1] + column * strides[2]
                for channel in 0..<channels {
                  patches[start + channel] = input.values[from + channel]
                }
              }
              start += channels
            }
          }
        }
      }
    }
    return patches
  }
}
