internal import Tensor

/// A function of words of 16 bits and codes of 8, which are widened first, with broadcasting.
struct WidenedPairKernel: ElementKernel {
  private let function: PairMap<Int16, Int16>
  private let access: Access

  init(_ function: PairMap<Int16, Int16>, _ access: Access) {
    self.function = function
    self.access = access
  }

  func valueCount(of region: Region) -> Int { 2 * region.count }

  @inline(__always)
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A) {
    arithmetic.withScratch(.int16, count: 1) { word in
      call.region.forEachRow { start in
        let left = access.row(of: 0, call.input(0), at: start)
        let right = access.row(of: 1, call.input(1), at: start)
        let target = output.row(at: start)
        for coordinate in call.region.row {
          arithmetic.apply(Widening(), right[coordinate], to: word[0])
          arithmetic.apply(function, left[coordinate], word[0], to: target[coordinate])
        }
      }
    }
  }
}

private struct Widening: UnaryFunction {
  var variant: Int { 1 }

  func addParameters(to hash: inout SipHash) {}

  @inline(__always)
  func callAsFunction(_ x: Int8) -> Int16 { Int16(x) }
}
