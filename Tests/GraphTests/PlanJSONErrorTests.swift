import Graph
import Tensor
import Testing

@Suite struct PlanJSONErrorTests {
  @Test func theDocumentItselfIsSound() throws {
    let plan = try Plan(json: Array(PlanJSONErrorCase.sound.utf8))
    #expect(plan.buffers.map(\.rings) == [[1: 2], [:]])
    #expect(plan.buffers.map(\.memory) == [.arena, .host])
    #expect(plan.steps.map(\.inputs) == [[0, nil], [nil, nil]])
    #expect(plan.steps[1].sums == nil)
  }

  @Test(arguments: [
    PlanJSONErrorCase(
      "tilewright-plan/1", "tilewright-plan/2", "",
      "format: expected tilewright-plan/1, found tilewright-plan/2"),
    PlanJSONErrorCase("\"format\"", "\"Format\"", "", "expected the key format, found none"),
    PlanJSONErrorCase("\"profile\": \"tflm\",", "", "", "expected the key profile, found none"),
    PlanJSONErrorCase(
      "16,", "16, \"lifespans\": [],", "lifespans",
      "unknown key; known are alignment, buffers, format, model_sha256, profile, steps"),
    PlanJSONErrorCase("16,", "\"16\",", "alignment"),
    PlanJSONErrorCase("16,", "null,", "alignment", "expected an integer, found null"),
    PlanJSONErrorCase("\"m\"", "3", "model_sha256"),
    PlanJSONErrorCase(
      "\"host\",", "\"host\", \"live\": [0,3],", "buffers[1].live",
      "unknown key; known are element, memory, name, offset, region, ring, size, tensor"),
    PlanJSONErrorCase("\"name\": \"b\", ", "", "buffers[1]", "expected the key name, found none"),
    PlanJSONErrorCase("\"tensor\": 1", "\"tensor\": true", "buffers[1].tensor"),
    PlanJSONErrorCase(
      "int32", "int33", "buffers[1].element",
      "expected one of bool, int4, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, "
        + "float32, float64, found int33"),
    PlanJSONErrorCase(
      "\"host\"", "\"flash\"", "buffers[1].memory",
      "expected one of arena, host, state, found flash"),
    PlanJSONErrorCase(
      "\"size\": 2", "\"size\": 4", "buffers[0]",
      "size: expected the exact size of the stored extents [1, 2], found 4"),
    PlanJSONErrorCase(
      "\"size\": 8", "\"size\": 7", "buffers[1]",
      "size: expected the exact size of the stored extents [1, 2], found 7"),
    PlanJSONErrorCase(
      "\"size\": 8", "\"size\": 9", "buffers[1]",
      "size: expected the exact size of the stored extents [1, 2], found 9"),
    PlanJSONErrorCase(
      "{\"1\": 2}", "{\"1\": -2}", "buffers[0]",
      "size: expected the exact size of the stored extents [1, -2], found 2"),
    PlanJSONErrorCase(
      "{\"1\": 2}", "{\"1\": 562949953421312}", "buffers[0]",
      "size: expected the exact size of the stored extents [1, 562949953421312], found 2"),
    PlanJSONErrorCase(
      "{\"1\": 2}", "{\"height\": 2}", "buffers[0].ring.height",
      "expected the number of an axis, found height"),
    PlanJSONErrorCase("{\"1\": 2}", "{\"1\": \"2\"}", "buffers[0].ring.1"),
    PlanJSONErrorCase("{\"1\": 2}", "[[1,2]]", "buffers[0].ring"),
    PlanJSONErrorCase(
      "[2,4]", "[4,2]", "buffers[1].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [4, 2]"),
    PlanJSONErrorCase(
      "[2,4]", "[-2,4]", "buffers[1].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [-2, 4]"),
    PlanJSONErrorCase(
      "[2,4]", "[2,4,6]", "buffers[1].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [2, 4, 6]"),
    PlanJSONErrorCase(
      "[2,4]", "[2]", "buffers[1].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [2]"),
    PlanJSONErrorCase(
      "[2,4]", "[2,281474976710657]", "buffers[1].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [2, 281474976710657]"),
    PlanJSONErrorCase(
      "[2,4]", "[2,null]", "buffers[1].region[1][1]",
      "expected an integer, found null"),
    PlanJSONErrorCase("[2,4]", "4", "buffers[1].region[1]"),
    PlanJSONErrorCase(
      "\"op\": 7,", "\"op\": 7, \"kernel\": 1,", "steps[0].kernel",
      "unknown key; known are inputs, op, outputs, phase, reduce, sums"),
    PlanJSONErrorCase("\"op\": 7", "\"op\": \"7\"", "steps[0].op"),
    PlanJSONErrorCase(
      "\"add\"", "\"subtract\"", "steps[0].phase",
      "expected one of whole, start, add, finish, found subtract"),
    PlanJSONErrorCase(
      "\"inputs\": [null, null],", "", "steps[1]",
      "expected the key inputs, found none"),
    PlanJSONErrorCase("\"inputs\": [null, null],", "\"inputs\": [null, 0],", "steps[1].inputs[1]"),
    PlanJSONErrorCase(
      "[1,4]", "[4,1]", "steps[0].reduce[1]",
      "expected a range [low, high] with 0 <= low <= high, found [4, 1]"),
    PlanJSONErrorCase(
      "{\"buffer\": \"b\",", "{\"buffer\": \"b\", \"phase\": 1,",
      "steps[0].sums.phase", "unknown key; known are buffer, region"),
    PlanJSONErrorCase(
      "\"region\": [[0,1],[2,3]]", "\"tile\": []", "steps[0].sums.tile",
      "unknown key; known are buffer, region"),
    PlanJSONErrorCase(
      ", \"region\": [[0,1],[2,3]]", "", "steps[0].sums",
      "expected the key region, found none"),
    PlanJSONErrorCase(
      "[0,1],[0,1]", "[0,1],[1,0]", "steps[1].outputs[0].region[1]",
      "expected a range [low, high] with 0 <= low <= high, found [1, 0]"),
    PlanJSONErrorCase(
      "[{\"buffer\": \"a\",", "[{\"buffer\": \"a\", \"copy\": true,",
      "steps[1].outputs[0].copy", "unknown key; known are buffer, region"),
  ]) func anEditIsRefused(_ edit: PlanJSONErrorCase) throws {
    try expectRefusal(of: edit)
  }

  @Test(arguments: [
    PlanJSONErrorCase(
      "[\"a\", null]", "[null, \"c\"]", "steps[0].inputs[1]",
      "expected the name of a buffer, found c"),
    PlanJSONErrorCase(
      "[{\"buffer\": \"a\"", "[{\"buffer\": \"\"", "steps[1].outputs[0].buffer",
      "expected the name of a buffer, found "),
    PlanJSONErrorCase(
      "{\"buffer\": \"b\"", "{\"buffer\": \"B\"", "steps[0].sums.buffer",
      "expected the name of a buffer, found B"),
  ]) func anUnknownNameIsRefused(_ edit: PlanJSONErrorCase) throws {
    try expectRefusal(of: edit)
  }

  @Test(arguments: ["16.5", "16.0", "1e1", "1E+1", "9223372036854775808", "-9223372036854775809"])
  func aNumberThatIsNoIntegerIsRefused(_ number: String) throws {
    let edit = PlanJSONErrorCase(
      "16,", "\(number),", "alignment", "expected an integer, found \(number)")
    try expectRefusal(of: edit)
  }

  @Test(arguments: [
    PlanJSONErrorCase("16,", "16, \"alignment\": 16,", "alignment", "the key is given twice"),
    PlanJSONErrorCase(
      "\"tensor\": 1,", "\"tensor\": 1, \"tens\\u006fr\": 1,", "buffers[1].tensor",
      "the key is given twice"),
    PlanJSONErrorCase(
      "{\"1\": 2}", "{\"1\": 2, \"1\": 2}", "buffers[0].ring.1", "the key is given twice"),
    PlanJSONErrorCase(
      "\"op\": 7,", "\"op\": 7, \"reduce\": null,", "steps[0].reduce", "the key is given twice"),
  ]) func aKeyThatIsGivenTwiceIsRefused(_ edit: PlanJSONErrorCase) throws {
    try expectRefusal(of: edit)
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}", "tilewright-plan/1", "\u{FEFF}{}", "{\"format\": 1}",
  ]) func whatIsNoPlanIsRefused(_ text: String) {
    #expect(throws: JSONError.self) { try Plan(json: Array(text.utf8)) }
  }

  @Test func whatGoesOnOrNestsTooDeepIsRefused() {
    for text in [PlanJSONErrorCase.sound + "}", String(repeating: "[", count: 100_000)] {
      #expect(throws: JSONError.self) { try Plan(json: Array(text.utf8)) }
    }
  }

  @Test func everyPrefixIsRefused() {
    let bytes = Array(PlanJSONErrorCase.sound.utf8)
    for count in bytes.indices {
      #expect(throws: JSONError.self) { try Plan(json: Array(bytes[..<count])) }
    }
  }

  @Test func bytesOfAnyKindNeverTrap() {
    var generator = SplitMix64(seed: 7)
    let sound = Array(PlanJSONErrorCase.sound.utf8)
    for _ in 0..<2000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if let plan = try? Plan(json: bytes) {
        #expect((try? Plan(json: Array(plan.json.utf8))) == plan)
      }
    }
  }

  @Test func twoSpellingsOfOneAxisAreRefused() throws {
    let edit = PlanJSONErrorCase(
      "{\"1\": 2}", "{\"1\": 2, \"01\": 2}", "buffers[0].ring.01",
      "expected the number of an axis, found 01")
    try expectRefusal(of: edit)
  }

  private func expectRefusal(of edit: PlanJSONErrorCase) throws {
    let document = try #require(edit.document, "the edit has one place")
    let error = #expect(throws: JSONError.self) { try Plan(json: document) }
    #expect(error?.path == edit.path)
    if let complaint = edit.complaint { #expect(error?.complaint == complaint) }
    #expect(error?.description.hasPrefix(edit.path.isEmpty ? "the document: " : edit.path) == true)
  }
}
