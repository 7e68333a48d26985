internal import Tensor

extension TensorView {
  /// Calls `body` with the place of every element of `region`, in row-major order.
  @inline(__always)
  func forEachElement(of region: Region, _ body: (ElementPlace) -> Void) {
    region.forEachRow { start in
      let row = row(at: start)
      for coordinate in region.row { body(row[coordinate]) }
    }
  }

  /// Calls `body` with the place of every element of `region`, and its row-major index in `shape`, the
  /// whole of the tensor.
  @inline(__always)
  func forEachElement(
    of region: Region, in shape: Shape, _ body: (_ index: Int, ElementPlace) -> Void
  ) {
    region.forEachRow { start in
      let row = row(at: start)
      var index = shape.index(of: start)
      for coordinate in region.row {
        body(index, row[coordinate])
        index &+= 1
      }
    }
  }

  /// The elements that are stored, row-major, as numbers.
  ///
  /// - Precondition: they are codes, or floats of 32 bits.
  var numbers: [Double] {
    switch element {
    case .int4, .int8: elements(of: Int8.self).map(Double.init)
    case .uint8: elements(of: UInt8.self).map(Double.init)
    case .int16: elements(of: Int16.self).map(Double.init)
    case .int32: elements(of: Int32.self).map(Double.init)
    case .float32: elements(of: Float.self).map(Double.init)
    case .bool, .uint16, .uint32, .int64, .uint64, .float16, .float64:
      preconditionFailure("no kernel computes with \(element)")
    }
  }

  /// The elements that are stored, row-major.
  ///
  /// - Precondition: they have the type's width.
  func elements<Number: Stored>(of type: Number.Type) -> [Number] {
    var elements: [Number] = []
    elements.reserveCapacity(region.count)
    forEachElement(of: region) { elements.append($0.load(as: type)) }
    return elements
  }
}
