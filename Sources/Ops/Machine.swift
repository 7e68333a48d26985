/// Which arithmetic a program runs in.
public enum Machine: Sendable {
  /// The numbers of the network itself.
  case numbers
}
