package import Tensor

/// TFLite_Detection_PostProcess, a custom operator: decodes boxes around anchors and keeps the best that do
/// not overlap.
///
/// Operand 0 holds the boxes' encodings, operand 1 scores by box and class, with or without a class for the
/// background, operand 2 the anchors; each uint8 or float32. The results are boxes, classes, scores and the
/// number of detections, in float32; slots without a detection are 0, which the reference implementations
/// leave as they were. Boxes of a negative size are taken; the reference implementations refuse them.
package struct DetectionPostprocess: Operator {
  package static let builtins = [
    Builtin(
      custom: "TFLite_Detection_PostProcess",
      attributes: [
        "max_detections", "max_classes_per_detection", "detections_per_class", "use_regular_nms",
        "nms_score_threshold", "nms_iou_threshold", "num_classes", "y_scale", "x_scale", "h_scale",
        "w_scale",
      ])
  ]

  /// How many boxes are kept at most; at least 1.
  package let maxDetections: Int
  /// How many slots there are for each, one per class; at least 1.
  package let maxClassesPerDetection: Int
  /// How many boxes of a class are kept at most, where every class is looked at by itself; at least 1.
  package let detectionsPerClass: Int
  /// Whether boxes are suppressed class by class, in place of by their best class.
  package let suppressesByClass: Bool
  /// The lowest score that counts.
  package let scoreThreshold: Float
  /// The largest overlap with a better box; above 0, at most 1.
  package let overlapThreshold: Float
  /// How many classes there are, the background left out; at least 1.
  package let classCount: Int
  /// What one stands for in the encoding of y, x, height and width; none is 0.
  package let scales: [Float]

  package init(_ builtin: Builtin, options: some OptionTable) throws(OptionError) {
    func count(_ slot: Int, default absent: Int32 = 0) throws(OptionError) -> Int {
      let count = try options.int32(slot, default: absent)
      guard count >= 1 else {
        throw OptionError(
          slot: slot, expected: "\(builtin.attributes[slot]) above 0, not \(count)")
      }
      return Int(count)
    }
    maxDetections = try count(0)
    maxClassesPerDetection = try count(1)
    suppressesByClass = try options.bool(3, default: false)
    detectionsPerClass =
      suppressesByClass
      ? try count(2, default: 100) : Int(try options.int32(2, default: 100))
    scoreThreshold = try options.float32(4, default: 0)
    overlapThreshold = try options.float32(5, default: 0)
    classCount = try count(6)
    guard scoreThreshold.isFinite else {
      throw OptionError(slot: 4, expected: "a finite score, not \(scoreThreshold)")
    }
    guard overlapThreshold > 0, overlapThreshold <= 1 else {
      throw OptionError(
        slot: 5, expected: "an overlap above 0 and at most 1, not \(overlapThreshold)")
    }
    var scales: [Float] = []
    for slot in 7...10 {
      let scale = try options.float32(slot, default: 0)
      guard scale.isFinite, scale != 0 else {
        throw OptionError(slot: slot, expected: "a finite scale other than 0, not \(scale)")
      }
      scales.append(scale)
    }
    self.scales = scales
    guard Shape(checking: [maxDetections, maxClassesPerDetection, 4]) != nil else {
      throw OptionError(slot: 0, expected: "at most 2^46 slots")
    }
  }

  package var options: OptionValues {
    OptionValues([
      0: .int32(Int32(maxDetections)), 1: .int32(Int32(maxClassesPerDetection)),
      2: .int32(Int32(detectionsPerClass)), 3: .bool(suppressesByClass),
      4: .float32(scoreThreshold), 5: .float32(overlapThreshold), 6: .int32(Int32(classCount)),
      7: .float32(scales[0]), 8: .float32(scales[1]), 9: .float32(scales[2]),
      10: .float32(scales[3]),
    ])
  }

  /// Slots of no detection hold what lay there before.
  package static let fillsResults = false

  package var resultShapes: [Shape] {
    let slots = maxDetections * maxClassesPerDetection
    return [Shape(1, slots, 4), Shape(1, slots), Shape(1, slots), Shape(1)]
  }

  package func check(_ signature: Signature) throws(OperatorError) {
    try signature.requireCounts(inputs: 3...3, required: 3, outputs: 4)
    for (operand, rank) in [3, 3, 2].enumerated() {
      try signature.requireRank(operand: operand, rank)
      try signature.requireElement(operand: operand, [.uint8, .float32])
    }
    let (boxes, scores, anchors) = (signature.input(0), signature.input(1), signature.input(2))
    guard boxes.shape[0] == 1 else {
      throw OperatorError(
        .unsupported, .operand(0), expected: "one batch", found: "\(boxes.shape[0])")
    }
    guard boxes.shape[2] >= 4 else {
      throw OperatorError(
        .invalid, .operand(0), expected: "at least 4 numbers a box", found: "\(boxes.shape)")
    }
    let classes = [classCount, classCount + 1]
    guard scores.shape[0] == 1, scores.shape[1] == boxes.shape[1],
      classes.contains(scores.shape[2])
    else {
      throw OperatorError(
        .invalid, .operand(1),
        expected: "shape [1,\(boxes.shape[1]),\(classCount)], or with one class more",
        found: "\(scores.shape)")
    }
    guard anchors.element == boxes.element, anchors.shape == Shape(boxes.shape[1], 4) else {
      throw OperatorError(
        .invalid, .operand(2), expected: "\(boxes.element)[\(boxes.shape[1]),4]",
        found: "\(anchors.element)\(anchors.shape)")
    }
    for (output, shape) in resultShapes.enumerated() {
      try signature.requireElement(output: output, [.float32])
      try signature.requireOutput(output, shape: shape.extents)
    }
  }

  package func access(_ signature: Signature, output: Int) -> Access {
    Access(
      (0..<3).map { [AxisAccess](repeating: .whole, count: signature.input($0).shape.rank) },
      signature: signature, output: output)
  }

  /// Candidates, boxes, scores, and what sorting and selecting boxes takes.
  package func microMemory(_ signature: Signature) -> MicroMemory {
    let (boxes, kept) = (signature.input(0).shape[1], maxDetections)
    let depth = signature.input(1).shape[2]
    let words = [4, depth, 1, 1, kept, kept, 1, kept, max(classCount, kept), min(boxes, kept)]
    return MicroMemory(data: 112, scratch: [boxes] + words.map { 4 * boxes * $0 })
  }

  package func kernel(for signature: Signature, profile: Profile) -> any Kernel {
    SpecializedKernel(
      TensorKernel(
        resultShapes.enumerated().map { result, shape in
          Detection(
            operation: self, operands: (0..<3).map(signature.input), profile: profile,
            result: result, shape: shape)
        }))
  }

  /// No number: which boxes are kept jumps with the smallest change of a score.
  package func real(
    _ inputs: [RealTensor?], signature: Signature, products: any MatrixProduct
  ) -> [RealTensor] {
    signature.outputs.map {
      RealTensor($0.shape, [Double](repeating: .nan, count: $0.shape.count))
    }
  }

  /// None: there is no real number that a result is near to.
  package func errorBound(
    _ inputs: [RealTensor?], signature: Signature, output: Int
  ) -> Double { .infinity }

  package static func random(using generator: inout SplitMix64) -> Example {
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let (boxes, classes, background) = (number(1...9), number(1...4), number(0...1))
    func type(_ extents: Int...) -> TensorType {
      .random([.uint8, .float32], Shape(checking: extents) ?? Shape(1), using: &generator)
    }
    let (encodings, scores) = (type(1, boxes, number(4...5)), type(1, boxes, classes + background))
    var anchors = encodings
    anchors.shape = Shape(boxes, 4)
    // Few different anchors, so that boxes overlap.
    let places = (0..<boxes).flatMap { _ in
      let place = number(0...2)
      return [40 + place, 50 - place, 60, 60]
    }
    anchors.quantization = anchors.quantization.map { _ in Quantization(scale: 0.01, zeroPoint: 0) }
    let constant =
      anchors.element == .uint8
      ? Bytes(copying: places.map { UInt8($0) }) : Bytes(copying: places.map { Float($0) / 100 })
    let threshold = scores.quantization.map { quantization in
      Float(number(0...255) - Int(quantization.zeroPoints[0])) * quantization.scales[0]
    }
    let options = OptionValues([
      0: .int32(Int32(number(1...5))), 1: .int32(Int32(number(1...3))),
      2: .int32(Int32(number(1...3))), 3: .bool(Bool.random(using: &generator)),
      4: .float32(threshold ?? Float(number(-4...4))),
      5: .float32(Float(number(1...4)) / 4), 6: .int32(Int32(classes)),
      7: .float32(10), 8: .float32(10), 9: .float32(5), 10: .float32(5),
    ])
    guard let operation = try? Self(builtins[0], options: options) else {
      preconditionFailure("the options are sound")
    }
    return Example(
      operation,
      Signature(
        inputs: [Operand(encodings), Operand(scores), Operand(anchors, constant: constant)],
        outputs: operation.resultShapes.map { TensorType(.float32, $0) }))
  }
}
