import Ops
import Tensor

/// A kernel that does as a sound one does, but for what a conforming type does wrong.
protocol BrokenKernel: SummingKernel {
  /// The kernel that is right.
  var sound: any SummingKernel { get }
}

extension BrokenKernel {
  var sumElement: ElementType { sound.sumElement }
  var element: ElementType { sound.element }

  func accumulate<A: Arithmetic>(
    _ call: KernelCall, into sums: TensorView, fresh: Bool, in arithmetic: A
  ) {
    sound.accumulate(call, into: sums, fresh: fresh, in: arithmetic)
  }

  func finish<A: Arithmetic>(
    _ call: KernelCall, sums: TensorView, into output: TensorView, in arithmetic: A
  ) {
    sound.finish(call, sums: sums, into: output, in: arithmetic)
  }
}
