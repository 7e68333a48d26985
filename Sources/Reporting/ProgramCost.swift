/// What a program takes.
public struct ProgramCost: Encodable, Sendable {
  let peak: Int
  let macs: Int

  /// States bytes of the arena, and multiply-accumulates of one run.
  public init(peak: Int, macs: Int) {
    self.peak = peak
    self.macs = macs
  }

  /// Multiply-accumulates beyond those of `base`, as a share of these; 0 where `base` has none.
  func overhead(over base: ProgramCost) -> Double {
    base.macs == 0 ? 0 : Double(macs - base.macs) / Double(base.macs)
  }

  /// Bytes that `base` takes more, as a share of its own; 0 where it takes none.
  func saving(from base: ProgramCost) -> Double {
    base.peak == 0 ? 0 : 1 - Double(peak) / Double(base.peak)
  }

  /// The overhead for people: "0 %" means none at all.
  func overheadText(over base: ProgramCost) -> String {
    macs == base.macs ? "0 %" : macs.change(from: base.macs)
  }

  /// The bytes against those of `base`, for people: "0 %" means as many.
  func peakText(from base: ProgramCost) -> String {
    peak == base.peak ? "0 %" : peak.change(from: base.peak)
  }
}
