/// A type of Swift whose values lie in storage as the elements of one element type.
public protocol Stored: BitwiseCopyable, Sendable {
  /// The element type.
  static var element: ElementType { get }
}

extension Int8: Stored {
  /// The element type.
  public static var element: ElementType { .int8 }
}

extension UInt8: Stored {
  /// The element type.
  public static var element: ElementType { .uint8 }
}

extension Int16: Stored {
  /// The element type.
  public static var element: ElementType { .int16 }
}

extension Int32: Stored {
  /// The element type.
  public static var element: ElementType { .int32 }
}

extension Int64: Stored {
  /// The element type.
  public static var element: ElementType { .int64 }
}

extension Float: Stored {
  /// The element type.
  public static var element: ElementType { .float32 }
}
