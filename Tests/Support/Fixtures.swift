/// The project's own models, with recorded outputs.
public enum Fixtures {
  /// The folder `fixtures` of the checkout.
  public static let path: String = {
    // Tests/Support/Fixtures.swift
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/fixtures"
  }()

  /// The names of the fixtures.
  public static let names = [
    "detector", "gesture_net", "image_classifier", "keyword_spotter", "magic_wand",
    "residual_block",
    "text_classifier",
  ]

  /// The path of a model.
  public static func model(_ name: String) -> String { "\(path)/\(name)/\(name).tflite" }

  /// The path of what `profile`'s implementation answered.
  public static func recording(_ name: String, profile: String) -> String {
    "\(path)/\(name)/\(profile)/\(name).npz"
  }
}
