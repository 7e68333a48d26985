package import Graph

/// Who owns each byte of memory: the arena, and after it what lies outside.
///
/// Bytes side by side whose owners follow each other are kept as one stretch, in pages: a row of a tensor
/// costs as much as a byte of it.
package struct AddressMap {
  /// One byte of one element, or of one sum.
  package struct Owner: Hashable {
    /// Tensor, sum or not, element and byte in one word; `nothing` for none.
    private let word: UInt64

    package static let nothing = Owner(word: .max)

    private init(word: UInt64) { self.word = word }

    /// The owner of byte 0 of the element at row-major `index`; tensors below 2^20, elements below
    /// 2^40.
    package init(tensor: Int, isSum: Bool, index: Int) {
      word = UInt64(tensor) << 44 | (isSum ? 1 << 43 : 0) | UInt64(index) << 3
    }

    package var tensor: Int { Int(word >> 44) }
    package var isSum: Bool { word >> 43 & 1 == 1 }
    package var index: Int { Int(word >> 3 & (1 << 40 - 1)) }
    package var byte: Int { Int(word & 7) }
    /// The owner of the element's byte 0.
    package var element: Owner { Owner(word: word & ~7) }

    /// The owner of the byte `count` after, where elements of `width` bytes lie side by side.
    @inline(__always)
    package func advanced(byte: Int) -> Owner { Owner(word: word | UInt64(byte)) }

    @inline(__always)
    package func advanced(elements: Int) -> Owner { Owner(word: word + UInt64(elements) << 3) }
  }

  /// Bytes of one page, up to the next stretch or the page's end.
  private struct Stretch {
    let run: OwnerRun
    /// The step that wrote them; -1 for what is given, and for nothing.
    let writer: Int32
    /// The first byte's place in its page.
    let offset: Int32

    func continues(_ other: Stretch) -> Bool {
      writer == other.writer && run == other.run.dropping(Int(offset - other.offset))
    }
  }

  /// Addresses per page.
  private static let page = 1024

  /// The number of addresses.
  package let count: Int
  /// Where each buffer starts.
  package let starts: [Int]
  /// By page, its stretches: the first starts where it does.
  private var pages: [[Stretch]]

  package init(_ binding: PlanBinding) {
    let addresses = PlanAddresses(binding)
    starts = addresses.starts
    count = addresses.end
    let nothing = Stretch(run: OwnerRun(.nothing, width: 1), writer: -1, offset: 0)
    pages = Array(repeating: [nothing], count: (addresses.end + Self.page - 1) / Self.page)
  }

  /// The first address of a run of elements of a buffer.
  package func address(of run: ElementRun, in buffer: Int, width: Int) -> Int {
    starts[buffer] + run.offset * width
  }

  /// Gives `count` elements from `address` on to `owner` and its successors.
  package mutating func take(
    from address: Int, count: Int, width: Int, for owner: Owner, step: Int
  ) {
    let addresses = address..<address + count * width
    assign(OwnerRun(owner, width: width), to: addresses, writer: Int32(step))
  }

  /// Makes `byteCount` bytes from `address` on nobody's.
  package mutating func release(from address: Int, byteCount: Int) {
    assign(OwnerRun(.nothing, width: 1), to: address..<address + byteCount, writer: -1)
  }

  private mutating func assign(_ run: OwnerRun, to addresses: Range<Int>, writer: Int32) {
    precondition(addresses.lowerBound >= 0 && addresses.upperBound <= count, "they are in memory")
    Self.forEachPage(of: addresses) { page, places in
      let new = Stretch(
        run: run.dropping(page * Self.page + places.lowerBound - addresses.lowerBound),
        writer: writer, offset: Int32(places.lowerBound))
      Self.put(new, at: places, into: &pages[page])
    }
  }

  /// Replaces what lies at `places` of a page.
  private static func put(_ new: Stretch, at places: Range<Int>, into page: inout [Stretch]) {
    var first = index(of: places.lowerBound, in: page)
    var last = first
    while last + 1 < page.count, page[last + 1].offset < places.upperBound { last += 1 }
    let end = last + 1 < page.count ? Int(page[last + 1].offset) : Self.page
    let rest =
      end > places.upperBound
      ? Stretch(
        run: page[last].run.dropping(places.upperBound - Int(page[last].offset)),
        writer: page[last].writer, offset: Int32(places.upperBound)) : nil
    // What lies before stays, and goes on where the new stretch continues it.
    let before = page[first].offset < new.offset ? first : first - 1
    let isContinuation = before >= 0 && new.continues(page[before])
    first = before + 1
    let stretches = [isContinuation ? nil : new, rest].compactMap(\.self)
    page.replaceSubrange(first..<last + 1, with: stretches)
  }

  /// The index of the stretch of a page that holds a place.
  private static func index(of place: Int, in page: [Stretch]) -> Int {
    var (low, high) = (0, page.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if page[middle].offset <= place { low = middle } else { high = middle }
    }
    return low
  }

  /// Calls `body` for each page that addresses lie in, with their places in it.
  @inline(__always)
  private static func forEachPage(
    of addresses: Range<Int>, _ body: (_ page: Int, _ places: Range<Int>) -> Void
  ) {
    var address = addresses.lowerBound
    while address < addresses.upperBound {
      let index = address / page
      let end = min((index + 1) * page, addresses.upperBound)
      body(index, address - index * page..<end - index * page)
      address = end
    }
  }

  /// Calls `body` for the stretches that some addresses lie in, in order, each cut to them.
  private func forEachStretch(
    of addresses: Range<Int>, _ body: (_ addresses: Range<Int>, _ stretch: Stretch) -> Void
  ) {
    precondition(addresses.lowerBound >= 0 && addresses.upperBound <= count, "they are in memory")
    Self.forEachPage(of: addresses) { page, places in
      let (stretches, start) = (pages[page], page * Self.page)
      var index = Self.index(of: places.lowerBound, in: stretches)
      while index < stretches.count, stretches[index].offset < places.upperBound {
        let end = index + 1 < stretches.count ? Int(stretches[index + 1].offset) : Self.page
        let own = max(places.lowerBound, Int(stretches[index].offset))..<min(places.upperBound, end)
        body(start + own.lowerBound..<start + own.upperBound, stretches[index])
        index += 1
      }
    }
  }

  /// The owner of a byte.
  package func owner(at address: Int) -> Owner {
    var owner = Owner.nothing
    forEachOwners(of: address..<address + 1) { _, run in owner = run.first }
    return owner
  }

  /// The step that wrote a byte; `nil` for what is given, and for nothing.
  package func writer(of address: Int) -> Int? {
    var writer: Int?
    forEachWriter(of: address..<address + 1) { writer = $0 }
    return writer
  }

  /// Calls `body` for stretches of addresses, in order, with who owns them.
  package func forEachOwners(
    of addresses: Range<Int>, _ body: (_ addresses: Range<Int>, _ owners: OwnerRun) -> Void
  ) {
    forEachStretch(of: addresses) { own, stretch in
      let offset = own.lowerBound % Self.page - Int(stretch.offset)
      body(own, offset == 0 ? stretch.run : stretch.run.dropping(offset))
    }
  }

  /// Calls `body` with the steps that wrote some addresses, some of them more than once.
  package func forEachWriter(of addresses: Range<Int>, _ body: (_ step: Int) -> Void) {
    forEachStretch(of: addresses) { _, stretch in
      if stretch.writer >= 0 { body(Int(stretch.writer)) }
    }
  }

  /// Calls `there` for stretches of `addresses` that are `owners`' own, and `missing` for each byte that is
  /// not.
  package func compare(
    _ addresses: Range<Int>, with owners: OwnerRun, there: (_ addresses: Range<Int>) -> Void,
    missing: (_ address: Int) -> Void
  ) {
    forEachOwners(of: addresses) { own, found in
      let expected = owners.dropping(own.lowerBound - addresses.lowerBound)
      if found == expected { return there(own) }
      for offset in 0..<own.count {
        let address = own.lowerBound + offset
        if found.owner(at: offset) == expected.owner(at: offset) {
          there(address..<address + 1)
        } else {
          missing(address)
        }
      }
    }
  }
}
