package import Tensor

/// Watches every element that kernels touch, against what they may touch.
///
/// Each byte of the memory that is watched has a state. Whoever runs a step says what it may read and
/// write, lets the kernel run on `Machine.traced`, and takes the faults. Addresses are those of one
/// space: the arena from 0 on, and what lies outside from `outsideStart` on. One run at a time uses a
/// trace.
public final class Trace: @unchecked Sendable {
  /// Bits of a byte's state; what is not declared has the first two.
  private enum State {
    /// No operand of the step, or a result that was written in this step.
    static let unreadable: UInt8 = 1
    /// No part of the step's result.
    static let unwritable: UInt8 = 2
    /// An operand of the step, and something else lies there.
    static let isStale: UInt8 = 4
    /// Written in this step.
    static let isWritten: UInt8 = 8
    /// An operand of the step, and no sum.
    static let isOperand: UInt8 = 16
    static let undeclared = unreadable | unwritable
  }

  /// One state in every byte of a word.
  private static let everyByte: UInt64 = 0x0101_0101_0101_0101
  /// Bytes after what is watched, so that the states of an element that overhangs are read safely.
  private static let margin = 8

  private let base: UInt
  private let byteCount: UInt
  private let outsideBase: UInt
  private let outsideStart: Int
  private let states: UnsafeMutablePointer<UInt8>
  private let stateCount: Int
  /// The state that a write leaves behind.
  private var written: UInt8 = State.isWritten | State.unreadable
  /// The constants that the step may read, the one that was read last first.
  private var constants: [Range<UInt>] = []
  private var constant: (start: UInt, byteCount: UInt) = (0, 0)
  /// Memory that is a kernel's own.
  private struct Loan {
    let view: TensorView
    /// Which of its bytes are written.
    var isWritten: [Bool]
  }

  /// What is lent at present, the last loan last.
  private var loans: [Loan] = []
  private var faults: [TraceFault] = []
  /// Bytes whose state no longer says that touching them is a fault: it is known.
  private var known: [Int] = []

  /// Watches an arena of `byteCount` bytes at `arena`, and memory outside it at `outside`,
  /// whose addresses are `outsideStart..<end`.
  ///
  /// - Precondition: between the two lie 8 addresses at least.
  package init(
    arena: UnsafeMutableRawPointer, byteCount: Int, outside: UnsafeMutableRawPointer,
    outsideStart: Int,
    end: Int
  ) {
    precondition(outsideStart >= byteCount + Self.margin && end >= outsideStart, "two blocks")
    base = UInt(bitPattern: arena)
    self.byteCount = UInt(byteCount)
    outsideBase = UInt(bitPattern: outside)
    self.outsideStart = outsideStart
    stateCount = end + Self.margin
    states = .allocate(capacity: stateCount)
    states.initialize(repeating: State.undeclared, count: stateCount)
  }

  deinit { states.deallocate() }
}

// What a step may touch.
extension Trace {
  /// Lets the step read constants, and says whether what it writes are sums, which it may read back.
  package func begin(constants views: [TensorView], writesSums: Bool) {
    for address in known { states[address] = State.undeclared }
    known = []
    written = writesSums ? State.isWritten : State.isWritten | State.unreadable
    constants = views.map { view in
      let start = UInt(bitPattern: view.cells.base)
      return start..<start + UInt(view.region.count * view.cells.width)
    }
    constant = (0, 0)
  }

  /// Declares that the step reads a byte, of an operand or of its sums; whether it may says
  /// `isThere`.
  @inline(__always)
  package func declareRead(_ address: Int, isThere: Bool, isSum: Bool) {
    var state = states[address] & ~State.unreadable
    if !isThere { state |= State.isStale }
    if !isSum { state |= State.isOperand }
    states[address] = state
  }

  /// Declares that the step writes bytes.
  package func declareWrites(_ addresses: Range<Int>) {
    for address in addresses { states[address] &= ~State.unwritable }
  }

  /// Whether the step has written every one of some bytes.
  package func isWritten(_ addresses: Range<Int>) -> Bool {
    addresses.allSatisfy { states[$0] & State.isWritten != 0 }
  }

  /// Takes back what was declared of bytes.
  package func forget(_ addresses: Range<Int>) {
    (states + addresses.lowerBound).update(repeating: State.undeclared, count: addresses.count)
  }

  /// The faults of the step, in the order in which they happened; an element is named once.
  package func takeFaults() -> [TraceFault] {
    guard !faults.isEmpty else { return [] }
    defer { faults = [] }
    return faults
  }

  /// Lends a kernel memory of its own, none of it written yet, until `body` ends.
  func lend(_ view: TensorView, during body: () -> Void) {
    loans.append(
      Loan(
        view: view,
        isWritten: [Bool](repeating: false, count: view.region.count * view.cells.width)))
    body()
    loans.removeLast()
  }
}

// What a kernel touches.
extension Trace {
  /// Notes that an element of `width` bytes is read.
  @inline(__always)
  func read(_ place: ElementPlace, _ width: Int) {
    let start = UInt(bitPattern: place.cells.base)
    let offset = UInt(bitPattern: place.offset &* width)
    if place.cells.isConstant {
      if start == constant.start && offset &+ UInt(bitPattern: width) <= constant.byteCount {
        return
      }
      return readOtherConstant(start, offset, width)
    }
    let address = start &+ offset &- base
    if address < byteCount,
      word(address, width) & (UInt64(State.unreadable | State.isStale) &* Self.everyByte) == 0
    {
      return
    }
    readElsewhere(start &+ offset, width)
  }

  /// Notes that an element of `width` bytes is written.
  @inline(__always)
  func write(_ place: ElementPlace, _ width: Int) {
    let start = UInt(bitPattern: place.cells.base) &+ UInt(bitPattern: place.offset &* width)
    let address = start &- base
    if address < byteCount {
      let old = word(address, width)
      if old & (UInt64(State.unwritable) &* Self.everyByte) == 0 {
        return mark(address, width, old)
      }
    }
    writeElsewhere(start, width)
  }

  /// The states of `width` bytes.
  @inline(__always)
  private func word(_ address: UInt, _ width: Int) -> UInt64 {
    let place = UnsafeRawPointer(states) + Int(bitPattern: address)
    return switch width {
    case 1: UInt64(place.load(as: UInt8.self))
    case 2: UInt64(place.loadUnaligned(as: UInt16.self))
    case 4: UInt64(place.loadUnaligned(as: UInt32.self))
    default: place.loadUnaligned(as: UInt64.self)
    }
  }

  /// Marks `width` bytes of the states `old` as written: what the step reads as an operand is lost.
  @inline(__always)
  private func mark(_ address: UInt, _ width: Int, _ old: UInt64) {
    let place = UnsafeMutableRawPointer(states) + Int(bitPattern: address)
    let operands = old & (UInt64(State.isOperand) &* Self.everyByte)
    let new = UInt64(written) &* Self.everyByte | operands | operands >> 4
    switch width {
    case 1: place.storeBytes(of: UInt8(truncatingIfNeeded: new), as: UInt8.self)
    case 2: place.storeBytes(of: UInt16(truncatingIfNeeded: new), as: UInt16.self)
    case 4: place.storeBytes(of: UInt32(truncatingIfNeeded: new), as: UInt32.self)
    default: place.storeBytes(of: new, as: UInt64.self)
    }
  }

  /// Where an address of the machine lies; `nil` if nothing that is watched lies there.
  private func address(of pointer: UInt) -> Int? {
    if pointer &- base < byteCount { return Int(pointer - base) }
    let outside = pointer &- outsideBase
    return outside < UInt(stateCount - Self.margin - outsideStart)
      ? outsideStart + Int(outside) : nil
  }

  @inline(never)
  private func readOtherConstant(_ start: UInt, _ offset: UInt, _ width: Int) {
    // A constant that the kernel itself keeps, such as padding, is no operand of the step.
    guard let known = constants.first(where: { $0.lowerBound == start }) else { return }
    constant = (start, UInt(known.count))
    if offset &+ UInt(width) > constant.byteCount { add(TraceFault(.read, .elsewhere)) }
  }

  @inline(never)
  private func readElsewhere(_ pointer: UInt, _ width: Int) {
    if let (loan, first) = loan(at: pointer, width) {
      for byte in first..<first + width where !loans[loan].isWritten[byte] {
        for byte in first..<first + width { loans[loan].isWritten[byte] = true }
        return add(TraceFault(.read, .scratch(coordinate(of: first / width, in: loan))))
      }
      return
    }
    guard let start = address(of: pointer) else { return add(TraceFault(.read, .elsewhere)) }
    let bad = State.unreadable | State.isStale
    guard (start..<start + width).contains(where: { states[$0] & bad != 0 }) else { return }
    for byte in start..<start + width {
      states[byte] &= ~bad
      known.append(byte)
    }
    add(TraceFault(.read, .memory(start..<start + width)))
  }

  @inline(never)
  private func writeElsewhere(_ pointer: UInt, _ width: Int) {
    if let (loan, first) = loan(at: pointer, width) {
      for byte in first..<first + width { loans[loan].isWritten[byte] = true }
      return
    }
    guard let start = address(of: pointer) else { return add(TraceFault(.write, .elsewhere)) }
    if (start..<start + width).contains(where: { states[$0] & State.unwritable != 0 }) {
      for byte in start..<start + width {
        states[byte] &= ~State.unwritable
        known.append(byte)
      }
      add(TraceFault(.write, .memory(start..<start + width)))
    }
    mark(UInt(start), width, word(UInt(start), width))
  }

  /// The loan that an element lies in, and its offset there.
  private func loan(at pointer: UInt, _ width: Int) -> (index: Int, offset: Int)? {
    for (index, loan) in loans.enumerated() {
      let offset = pointer &- UInt(bitPattern: loan.view.cells.base)
      if offset < UInt(loan.isWritten.count), Int(offset) + width <= loan.isWritten.count {
        return (index, Int(offset))
      }
    }
    return nil
  }

  private func coordinate(of index: Int, in loan: Int) -> [Int] {
    var rest = index
    var coordinate: [Int] = []
    for range in loans[loan].view.region.ranges.reversed() {
      coordinate.append(range.lowerBound + rest % range.count)
      rest /= range.count
    }
    return coordinate.reversed()
  }

  private func add(_ fault: TraceFault) {
    // Of what lies outside all memory nothing more is known.
    if fault.place == .elsewhere && faults.contains(fault) { return }
    faults.append(fault)
  }
}

extension Trace: Hashable {
  /// Traces are equal if they are one.
  public static func == (left: Trace, right: Trace) -> Bool { left === right }

  /// Tells traces apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
