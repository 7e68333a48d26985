public import Tensor

/// An address range that holds one region of one tensor, row-major over the stored extents.
///
/// On a ring axis the stored extent is the capacity, and coordinate `c` lies at `c mod capacity`; on
/// other axes it lies at `c - low`.
public struct PlanBuffer: Hashable, Sendable {
  /// Where a buffer lies.
  public enum Memory: String, Hashable, Sendable, CaseIterable {
    /// In the one block that holds activations.
    case arena
    /// With the caller: a network input or output in an address space of its own, at offset 0.
    case host
    /// With what the network keeps between runs: all versions of a variable at one place, in an address
    /// space of its own, at offset 0.
    case state
  }

  /// What steps call it in JSON; unique within the plan.
  public var name: String
  /// The tensor it holds elements, or sums, of.
  public var tensor: Int
  /// The type of an element, or of a sum.
  public var element: ElementType
  /// The coordinates it may hold.
  public var region: Region
  /// The capacity of each ring axis.
  public var rings: [Int: Int]
  /// Where it lies.
  public var memory: Memory
  /// The first byte's address.
  public var offset: Int

  /// Makes a buffer.
  public init(
    name: String, tensor: Int, element: ElementType, region: Region, rings: [Int: Int] = [:],
    memory: Memory = .arena, offset: Int = 0
  ) {
    self.name = name
    self.tensor = tensor
    self.element = element
    self.region = region
    self.rings = rings
    self.memory = memory
    self.offset = offset
  }

  /// The extents that are stored.
  public var storedExtents: [Int] {
    region.extents.enumerated().map { rings[$0] ?? $1 }
  }

  /// The exact size, without rounding.
  public var sizeInBytes: Int { storedExtents.reduce(element.sizeInBytes, *) }

  /// The addresses it takes.
  public var byteRange: Range<Int> { offset..<offset + sizeInBytes }

  /// Where each axis' coordinates lie.
  public var axes: [AxisMap] { AxisMap.rowMajor(region, rings: rings) }

  /// Whether all coordinates of `box` can be held at one time.
  public func canHold(_ box: Region) -> Bool {
    region.contains(box) && rings.allSatisfy { box[$0.key].count <= $0.value }
  }
}
