internal import Tensor

/// A search for an order in which first fit reaches a low peak.
///
/// Something that holds the peak up is moved forward in the order, and the change stays unless the
/// peak rises. Where that leads no further, the next order to start from has its turn, and after
/// all of them the first again, with more patience. ("Squeaky wheel": what is badly placed is
/// placed earlier.)
struct OrderDescent {
  /// The lowest peak so far.
  private(set) var peak = Int.max
  /// The offset of each buffer at that peak.
  private(set) var offsets: [Int] = []
  /// How many orders were tried; those of many buffers count several times.
  private(set) var nodes = 0
  private let orders: [[Int]]
  private var turn = 0
  /// How many changes in succession may have failed to lower the peak in this turn, and how many have.
  private var patience: Int
  private var failures = 0
  private var current = Int.max
  private var fit: OrderedFit
  private var random = SplitMix64(seed: 0)

  /// A search from each of `orders`, the best first; `nil` if the buffers are too many.
  init?(_ firstFit: FirstFit, _ orders: [[Int]]) {
    guard let first = orders.first, !first.isEmpty, let fit = OrderedFit(firstFit, first) else {
      return nil
    }
    self.orders = orders
    self.fit = fit
    patience = first.count
    keep()
  }

  /// How many nodes give each order a turn.
  var shortRun: Int { 2 * orders.count * fit.order.count * nodesPerOrder }

  private var nodesPerOrder: Int { 1 + fit.order.count * fit.order.count / 4096 }

  /// Goes on until the peak is at most `target`, or after `nodeLimit` nodes more.
  mutating func lower(until target: Int, nodeLimit: Int) {
    let end = nodes + nodeLimit
    while peak > target, nodes + nodesPerOrder <= end {
      nodes += nodesPerOrder
      if failures >= patience {
        turn += 1
        if turn % orders.count == 0 { patience *= 2 }
        fit.restart(orders[turn % orders.count])
        keep()
      } else {
        change()
      }
    }
  }

  /// Moves a buffer that holds the peak up, unless the peak rises.
  private mutating func change() {
    failures += 1
    let chain = chainBelowPeak()
    guard !chain.isEmpty else { return }
    let buffer = chain[choice(below: chain.count)]
    let rank = fit.ranks[buffer]
    let other = choice(below: rank == 0 ? fit.order.count : rank)
    let old = fit
    if fit.move(buffer, to: other, limit: current) {
      if fit.peak < current { keep() }
    } else {
      fit = old
    }
  }

  /// A buffer that reaches the peak, one that it lies on, and so on.
  private mutating func chainBelowPeak() -> [Int] {
    var chain: [Int] = []
    var next = fit.order.filter { fit.end(of: $0) == current }
    while !next.isEmpty {
      chain.append(next[choice(below: next.count)])
      next = fit.supports(of: chain[chain.count - 1])
    }
    return chain
  }

  /// Notes a peak that a change or a new order has led to.
  private mutating func keep() {
    failures = 0
    current = fit.peak
    if current < peak { (peak, offsets) = (current, fit.offsets) }
  }

  /// A number from 0 to below `count`.
  private mutating func choice(below count: Int) -> Int { Int(random.next() % UInt64(count)) }
}
