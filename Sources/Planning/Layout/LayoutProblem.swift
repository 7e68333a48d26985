/// Buffers to be given addresses so that no two that are live at one time overlap.
///
/// A layout is legal if every offset is at least 0 and a multiple of the alignment (a fixed one
/// stays as it is), and if of every two buffers that take room and whose lifespans overlap, one
/// starts at or past the end of the other, or past the distance of a ``Spacing`` between them.
/// Where only an ``Extent`` of a buffer is in use, only that counts: one of the two must lie below
/// the other, the same one at all times, with what is in use of both.
public struct LayoutProblem: Hashable, Sendable {
  /// Bytes that need one address for as long as they are live.
  public struct Buffer: Hashable, Sendable {
    /// The size; a buffer of 0 bytes takes no room.
    public var sizeInBytes: Int
    /// Disjoint, ascending, non-empty ranges of time; mostly one.
    public var lifespans: [Range<Int>]
    /// The address that the buffer must keep, if there is one.
    public var fixedOffset: Int?
    /// What is in use when, ascending and covering the lifespans; empty if that is always all.
    public var extents: [Extent]

    /// A buffer of `sizeInBytes` that is live during `lifespans`, all of it or its `extents`.
    public init(
      sizeInBytes: Int, lifespans: [Range<Int>], fixedOffset: Int? = nil, extents: [Extent] = []
    ) {
      self.sizeInBytes = sizeInBytes
      self.lifespans = lifespans
      self.fixedOffset = fixedOffset
      self.extents = extents
    }

    /// Whether the buffer takes room at any time.
    public var takesRoom: Bool { sizeInBytes > 0 && !lifespans.isEmpty }
  }

  /// Two buffers that may overlap though both are live.
  ///
  /// The buffer `above` may start `distance` bytes after `below` does, and anywhere further up.
  /// Typically `below` is a result and `above` the operand that it overwrites as it is read.
  public struct Spacing: Hashable, Sendable {
    /// The buffer that starts first.
    public var below: Int
    /// The buffer that starts at least ``distance`` bytes later.
    public var above: Int
    /// A multiple of the alignment, from 0 to the size of `below`.
    public var distance: Int

    /// Lets `above` start `distance` bytes after `below` does.
    public init(below: Int, above: Int, distance: Int) {
      self.below = below
      self.above = above
      self.distance = distance
    }
  }

  /// The buffers; elsewhere they are known by their indices.
  public var buffers: [Buffer]
  /// The pairs that may overlap; few, and each named once.
  public var spacings: [Spacing]
  /// What offsets are multiples of; at least 1.
  public var alignment: Int

  /// A problem of `buffers`, some of which may overlap.
  public init(buffers: [Buffer], spacings: [Spacing] = [], alignment: Int = 1) {
    self.buffers = buffers
    self.spacings = spacings
    self.alignment = alignment
  }
}
