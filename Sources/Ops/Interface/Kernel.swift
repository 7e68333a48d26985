public import Tensor

/// An operator made ready for one signature: multipliers derived, constants bound.
public protocol Kernel: Sendable {
  /// Computes the tile into `output`, which stores at least `call.region`, in the arithmetic that
  /// `machine` names.
  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine)
  /// How many values of pseudorandom functions a tile is made of on fingerprints, sums apart.
  func valueCount(of region: Region) -> Int
}

extension Kernel {
  /// Most kernels make each element by one function.
  public func valueCount(of region: Region) -> Int { region.count }
}

/// A kernel that computes each element by itself, or from a row: one generic body for every
/// arithmetic.
///
/// A conforming type writes the generic requirement; the compiler specializes it for each arithmetic
/// in the default of the other one. For a type that is itself generic it does so only inside
/// `SpecializedKernel`.
protocol ElementKernel: Kernel {
  /// Computes the tile into `output`, which stores at least `call.region`.
  func compute<A: Arithmetic>(_ call: KernelCall, into output: TensorView, in arithmetic: A)
}

extension ElementKernel {
  /// Runs the generic body in the arithmetic that `machine` names.
  @inline(__always)
  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    switch machine {
    case .numbers: compute(call, into: output, in: Numbers())
    case .field(let key): compute(call, into: output, in: FieldNumbers(key, call))
    case .traced(let trace): compute(call, into: output, in: TracedNumbers(trace))
    }
  }
}

/// A kernel of a generic type, compiled for the types that it has where this is made.
struct SpecializedKernel: Kernel {
  private let body: @Sendable (KernelCall, TensorView, Machine) -> Void
  private let count: @Sendable (Region) -> Int

  @inline(__always)
  init(_ kernel: some ElementKernel) {
    count = { kernel.valueCount(of: $0) }
    body = { call, output, machine in kernel.compute(call, into: output, on: machine) }
  }

  func compute(_ call: KernelCall, into output: TensorView, on machine: Machine) {
    body(call, output, machine)
  }

  func valueCount(of region: Region) -> Int { count(region) }
}
