/// Tiles along one axis of one shape, of which as much has been made and is still to be read.
struct TilePlace {
  /// Whether no other tile was made before.
  let isFirst: Bool
  /// Whether no other tile is made after it.
  let isLast: Bool
  /// Which of the shapes of tiles they have.
  let shape: Int
  /// The tiles.
  private(set) var tiles: [Int]

  /// The first tile, the last one, and those between them by shape.
  static func places(of tiles: TileRanges) -> [TilePlace] {
    let last = tiles.shapeOf.count - 1
    var places: [TilePlace] = []
    var between = [Int?](repeating: nil, count: tiles.shapes.count)
    for (index, shape) in tiles.shapeOf.enumerated() {
      let isBetween = index > 0 && index < last
      if isBetween, let known = between[shape] {
        places[known].tiles.append(index)
        continue
      }
      if isBetween { between[shape] = places.count }
      places.append(
        TilePlace(isFirst: index == 0, isLast: index == last, shape: shape, tiles: [index]))
    }
    return places
  }
}
