internal import Glibc
internal import Synchronization

/// Pages between two more that may not be touched.
///
/// Few pages are kept for whoever asks next for as many: mapping them costs more than running a small network.
enum GuardedPages {
  /// The size of a page, in bytes.
  static let size = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// The most pages of one piece that is kept, and of all pieces together.
  private static let keptPages = (piece: 64, total: 4096)

  private struct Kept {
    /// Addresses of pieces, by their number of pages.
    var pieces: [Int: [UInt]] = [:]
    var pageCount = 0
  }

  private static let kept = Mutex(Kept())

  /// As many pages as `byteCount` bytes need, with what somebody else left in them, between two that may not be touched.
  static func take(for byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let count = (byteCount + size - 1) / size
    let address = kept.withLock { kept in
      let address = kept.pieces[count]?.popLast()
      if address != nil { kept.pageCount -= count }
      return address
    }
    let start = address.flatMap(UnsafeMutableRawPointer.init(bitPattern:)) ?? map(count)
    return UnsafeMutableRawBufferPointer(start: start, count: count * size)
  }

  /// Gives back what `take` returned.
  static func giveBack(_ pages: UnsafeMutableRawBufferPointer) {
    guard let start = pages.baseAddress else { return }
    let count = pages.count / size
    let isKept = kept.withLock { kept in
      guard count <= keptPages.piece, kept.pageCount + count <= keptPages.total else {
        return false
      }
      kept.pieces[count, default: []].append(UInt(bitPattern: start))
      kept.pageCount += count
      return true
    }
    if !isKept { munmap(start - size, pages.count + 2 * size) }
  }

  /// Maps `count` pages, and one more on either side.
  private static func map(_ count: Int) -> UnsafeMutableRawPointer {
    let byteCount = (count + 2) * size
    let pages = mmap(nil, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let pages, pages != MAP_FAILED else {
      preconditionFailure("no memory for \(byteCount) bytes")
    }
    if count > 0 { mprotect(pages + size, count * size, PROT_READ | PROT_WRITE) }
    return pages + size
  }
}
