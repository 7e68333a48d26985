import Ops
import TFLite
import Tensor
import Testing

@Suite struct FlexMapTests {
  private static let names = ["a", "b", "c", "d", "e", "f", "not there"]

  private static func map(
    _ values: FlexFile.Value..., width: Int = 4, keyWidth: Int = 1
  ) throws -> FlexMap {
    try FlexMap(
      FlexFile(Array(zip(names, values)), width: width, keyWidth: keyWidth).bytes,
      attributes: names)
  }

  @Test(arguments: [1, 2, 4, 8], [1, 2, 4, 8])
  func integersOfEveryWidth(_ width: Int, _ keyWidth: Int) throws {
    let map = try Self.map(
      .signed(-3), .unsigned(200), .bool(true), .outside(.signed(-4), width: keyWidth),
      .outside(.unsigned(201), width: keyWidth), .null, width: width, keyWidth: keyWidth)
    #expect(try map.int32(0, default: 7) == -3)
    #expect(try map.int8(0, default: 7) == -3)
    #expect(try map.float32(0, default: 7) == -3)
    #expect(try map.bool(0, default: false))
    #expect(try map.int32(1, default: 7) == 200)
    #expect(try map.float32(1, default: 7) == 200)
    #expect(try map.int32(2, default: 7) == 1)
    #expect(try map.bool(2, default: false))
    #expect(try map.int32(3, default: 7) == -4)
    #expect(try map.int32(4, default: 7) == 201)
    #expect(try map.int32(5, default: 7) == 7, "null is absent")
  }

  @Test(arguments: [4, 8], [4, 8])
  func floatsOfEveryWidth(_ width: Int, _ other: Int) throws {
    let map = try Self.map(
      .real(-2.75), .outside(.real(0.5), width: other), .real(0), width: width)
    #expect(try map.float32(0, default: 7) == -2.75)
    #expect(try map.float32(1, default: 7) == 0.5)
    #expect(try map.int32(0, default: 7) == -2, "what is behind the point is dropped")
    #expect(try map.bool(0, default: false))
    #expect(try !map.bool(2, default: true))
  }

  @Test(arguments: [-1, 6, 7, Int.min, Int.max]) func absentKeysHaveDefaults(_ slot: Int) throws {
    let map = try Self.map(.signed(1))
    #expect(try map.int8(slot, default: -7) == -7)
    #expect(try map.int32(slot, default: 70_000) == 70_000)
    #expect(try map.float32(slot, default: 1.5) == 1.5)
    #expect(try map.bool(slot, default: true))
    #expect(try map.int32s(slot) == [])
  }

  @Test func anEmptyMap() throws { #expect(try Self.map().int32(0, default: 5) == 5) }

  @Test func aKeyIsAllOfItsName() throws {
    let map = try FlexMap(
      FlexFile([(key: "ab", value: .signed(1)), (key: "", value: .signed(2))]).bytes,
      attributes: ["a", "ab", "b", ""])
    #expect(try (0..<4).map { try map.int32($0, default: 0) } == [0, 1, 0, 2])
  }

  @Test func numbersThatDoNotFit() throws {
    let map = try Self.map(
      .signed(1 << 31), .unsigned(.max), .real(.nan), .real(1e300), .signed(128), width: 8)
    for slot in 0..<4 {
      #expect(throws: OptionError(slot: slot, expected: "a number that fits int32")) {
        try map.int32(slot, default: 0)
      }
    }
    #expect(throws: OptionError.self) { try map.int8(4, default: 0) }
    #expect(throws: OptionError.self) { try map.int32s(4) }
  }

  /// Strings, vectors and kinds that there are not; floats of 8 and 16 bits.
  @Test(arguments: [4, 5, 9, 10, 11, 25, 36, 27, 63] as [UInt8])
  func whatIsNoNumber(_ kind: UInt8) throws {
    let map = try Self.map(.signed(1), .other(kind))
    // Keys of two bytes, their vector behind its length, three words before the values.
    let offset = 4 + 1 + 2 + 12 + 4
    #expect(throws: OptionError(slot: 1, expected: "int32 for b", offset: offset)) {
      try map.int32(1, default: 0)
    }
    #expect(throws: OptionError.self) { try map.float32(1, default: 0) }
    #expect(throws: OptionError.self) { try map.bool(1, default: false) }
    #expect(throws: OptionError.self) { try Self.map(.real(1), width: 2).float32(0, default: 0) }
  }

  /// A detector's attributes as its converter wrote them.
  @Test func attributesOfARealDetector() throws {
    let map = try FlexMap(
      Bytes(copying: Self.detector), attributes: ["max_detections", "nms_iou_threshold", "h_scale"])
    #expect(try map.int32(0, default: 0) == 10)
    #expect(try map.float32(1, default: 0) == 0.6)
    #expect(try map.float32(2, default: 0) == 5)
  }

  @Test func noPrefixIsThatMap() {
    for count in 0..<Self.detector.count {
      let values = Self.values(Array(Self.detector[..<count]))
      #expect(values != Self.values(Self.detector), "prefix of \(count) bytes")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>) func bitFlips(_ seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var survivors = 0
    for _ in 0..<5000 {
      var content = Self.detector
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let index = Int.random(in: content.indices, using: &generator)
        content[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if Self.values(content) != nil { survivors += 1 }
    }
    #expect(survivors > 0 && survivors < 5000)
  }

  @Test(arguments: [1, 2, 4, 8]) func everyWordReplaced(_ width: Int) {
    let content = FlexFile(
      [
        (key: "a", value: .signed(1)), (key: "b", value: .outside(.real(2), width: 8)),
        (key: "c", value: .unsigned(3)),
      ], width: width, keyWidth: width
    ).content
    for word in [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
      for offset in 0...content.count - 4 {
        var damaged = content
        damaged.replaceSubrange(offset..<offset + 4, with: littleEndian(word))
        _ = Self.values(damaged)
        damaged.replaceSubrange(
          max(0, offset - 4)..<offset, with: littleEndian(word)[..<min(4, offset)])
        _ = Self.values(damaged)
      }
    }
  }

  /// All numbers that can be read; `nil` where there is no map.
  private static func values(_ content: [UInt8]) -> [Float?]? {
    guard let map = try? FlexMap(Bytes(copying: content), attributes: detectorNames) else {
      return nil
    }
    return detectorNames.indices.map { slot in
      _ = try? map.int32(slot, default: 0)
      _ = try? map.bool(slot, default: false)
      return try? map.float32(slot, default: -1)
    }
  }

  private static let detectorNames = [
    "a", "b", "c", "y_scale", "max_detections", "nms_score_threshold", "w_scale", "x_scale",
    "nms_iou_threshold", "h_scale", "max_classes_per_detection", "num_classes",
  ]

  private static let detector: [UInt8] =
    Array(
      """
      y_scale\0_output_quantized\0max_detections\0nms_score_threshold\0w_scale\0x_scale\0\
      nms_iou_threshold\0h_scale\0max_classes_per_detection\0num_classes\0
      """.utf8) + [
      0x0a, 0x86, 0x30, 0x29, 0x77, 0x45, 0x6a, 0x13, 0x58, 0x51, 0x97, 0x0a, 0, 0, 0, 0x01, 0, 0,
      0, 0x0a, 0, 0, 0, 0x01, 0, 0, 0, 0, 0, 0xa0, 0x40, 0x01, 0, 0, 0, 0x0a, 0, 0, 0, 0x9a, 0x99,
      0x19, 0x3f, 0x77, 0xcc, 0x2b, 0x32, 0x5a, 0, 0, 0, 0, 0, 0xa0, 0x40, 0, 0, 0x20, 0x41, 0, 0,
      0x20, 0x41, 0x6a, 0x0e, 0x06, 0x06, 0x0e, 0x0e, 0x06, 0x0e, 0x0e, 0x0e, 0x32, 0x26, 0x01,
    ]
}
