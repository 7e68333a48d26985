/// A key of the dict in the header of an .npy file; each appears exactly once.
public enum NPYHeaderKey: String, Hashable, Sendable, CaseIterable {
  case descr
  case fortranOrder = "fortran_order"
  case shape
}
