internal import Tensor

/// One result of detection.
///
/// Source: TensorFlow Lite, `detection_postprocess.cc`.
struct Detection: TensorFunction {
  /// A class of a box that is kept, and the slot that it takes.
  private struct Found {
    var slot: Int
    var box: Int
    var category: Int
    var score: Float
  }

  let operation: DetectionPostprocess
  /// The types of the operands.
  let operands: [TensorType]
  let profile: Profile
  /// Which result.
  let result: Int
  let shape: Shape

  func addParameters(to hash: inout SipHash) {
    let options = operation.options.values
    for slot in 0..<options.count {
      switch options[slot] {
      case .int32(let number): hash.add(number)
      case .bool(let flag): hash.add(flag ? 1 : 0 as Int32)
      case .float32(let number): hash.add(number)
      case .int8, .int32s, .routine, nil: preconditionFailure("option \(slot) is another")
      }
    }
    for type in operands {
      hash.add(UInt64(type.shape.extents[type.shape.rank - 1]))
      let quantization = type.element == .uint8 ? type.quantization : nil
      hash.add(quantization?.scales[0] ?? 0)
      hash.add(quantization?.zeroPoints[0] ?? 0)
    }
    hash.add(profile.ordersEqualClasses ? 1 : 0 as Int32)
    hash.add(profile.countsClassesAsDetections ? 1 : 0 as Int32)
    hash.add(UInt64(result))
  }

  func callAsFunction(_ views: [TensorView]) -> [Float] {
    let numbers = views.map(\.numbers)
    let (encodings, anchors) = (floats(numbers[0], operands[0]), floats(numbers[2], operands[2]))
    let depth = operands[0].shape[2]
    let boxes = (0..<operands[0].shape[1]).map { box in
      DetectedBox(
        encoding: encodings[box * depth..<box * depth + 4],
        anchor: anchors[box * 4..<box * 4 + 4], scales: operation.scales)
    }
    let scores = scores(numbers[1], operands[1])
    let (found, count) =
      operation.suppressesByClass ? byClass(boxes, scores) : byBestClass(boxes, scores)
    var results = [Float](repeating: 0, count: shape.count)
    let slotCount = operation.maxDetections * operation.maxClassesPerDetection
    for found in found where found.slot < slotCount {
      switch result {
      case 0:
        results.replaceSubrange(4 * found.slot..<4 * found.slot + 4, with: boxes[found.box].edges)
      case 1: results[found.slot] = Float(found.category)
      case 2: results[found.slot] = found.score
      default: break
      }
    }
    if result == 3 { results[0] = Float(count) }
    return results
  }

  private func floats(_ numbers: [Double], _ type: TensorType) -> [Float] {
    guard type.element == .uint8, let quantization = type.quantization else {
      return numbers.map { Float($0) }
    }
    let (scale, zeroPoint) = (quantization.scales[0], Float(quantization.zeroPoints[0]))
    return numbers.map { (Float($0) - zeroPoint) * scale }
  }

  /// Codes are taken eight at a time, a product and a sum each; what is left is rounded once.
  private func scores(_ numbers: [Double], _ type: TensorType) -> [Float] {
    var scores = floats(numbers, type)
    guard type.element == .uint8, let quantization = type.quantization else { return scores }
    let (scale, zeroPoint) = (quantization.scales[0], Float(quantization.zeroPoints[0]))
    for index in 0..<numbers.count / 8 * 8 {
      scores[index] = Float(numbers[index]) * scale - zeroPoint * scale
    }
    return scores
  }

  /// The scores of a box, the background left out.
  private func scores(of box: Int, in scores: [Float]) -> ArraySlice<Float> {
    let depth = operands[1].shape[2]
    return scores[(box + 1) * depth - operation.classCount..<(box + 1) * depth]
  }

  /// Suppresses the boxes of each class by themselves, and keeps the best of all classes.
  private func byClass(_ boxes: [DetectedBox], _ scores: [Float]) -> ([Found], Int) {
    var best: [Found] = []
    for category in 0..<operation.classCount {
      let ofClass = boxes.indices.map { box in
        let all = self.scores(of: box, in: scores)
        return all[all.startIndex + category]
      }
      best += boxes.suppressed(
        by: ofClass, threshold: operation.scoreThreshold,
        largestOverlap: operation.overlapThreshold,
        limit: min(operation.detectionsPerClass, operation.maxDetections)
      ).map { Found(slot: 0, box: $0, category: category, score: ofClass[$0]) }
      // Of equal ones the class that comes first, and in it the box that does.
      let order = best.indices.sorted {
        best[$0].score == best[$1].score ? $0 < $1 : best[$0].score > best[$1].score
      }
      best = order.prefix(operation.maxDetections).map { best[$0] }
    }
    for slot in best.indices { best[slot].slot = slot }
    return (best, best.count)
  }

  /// Suppresses boxes by their best class, and gives each that is kept a slot per class.
  private func byBestClass(_ boxes: [DetectedBox], _ scores: [Float]) -> ([Found], Int) {
    let classCount = min(operation.maxClassesPerDetection, operation.classCount)
    let classes = boxes.indices.map { box in
      bestClasses(classCount, Array(self.scores(of: box, in: scores)))
    }
    let kept = boxes.suppressed(
      by: classes.map { $0[0].score }, threshold: operation.scoreThreshold,
      largestOverlap: operation.overlapThreshold, limit: operation.maxDetections)
    var found: [Found] = []
    for (detection, box) in kept.enumerated() {
      for (index, best) in classes[box].enumerated() {
        let slot =
          profile.countsClassesAsDetections
          ? classCount * (detection * classCount + index) + index
          : operation.maxClassesPerDetection * detection + index
        found.append(Found(slot: slot, box: box, category: best.category, score: best.score))
      }
    }
    return (found, profile.countsClassesAsDetections ? kept.count * classCount : kept.count)
  }

  private func bestClasses(
    _ count: Int, _ scores: [Float]
  ) -> [(category: Int, score: Float)] {
    let order = HeapSelection.first(count, of: scores.count) { [profile] first, second in
      scores[first] == scores[second]
        ? profile.ordersEqualClasses && first < second : scores[first] > scores[second]
    }
    return order.map { ($0, scores[$0]) }
  }
}
