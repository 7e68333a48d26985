/// A frontier as a picture in SVG: bytes against multiply-accumulates beyond the untiled program's.
///
/// It stands alone, follows the reader's light or dark colours, and is the same every time.
public struct FrontierPicture: Sendable {
  private let title: String
  private let untiled: ProgramCost
  private let points: [FrontierPoint]

  private static let (width, height) = (760.0, 440.0)
  /// The edges of the plot.
  private static let (left, right, top, bottom) = (78.0, 736.0, 72.0, 372.0)

  /// Gathers what is drawn.
  public init(
    model: String, profile: String, untiled: ProgramCost, points: [FrontierPoint]
  ) {
    title = "\(model), profile \(profile)"
    self.untiled = untiled
    self.points = points
  }

  /// A place in the picture.
  private typealias Place = (x: Double, y: Double)

  /// A box in the picture.
  private struct Box {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    func overlaps(_ other: Box) -> Bool { x.overlaps(other.x) && y.overlaps(other.y) }

    /// The box of a dot.
    static func dot(_ place: Place) -> Box {
      Box(x: place.x - 5...place.x + 5, y: place.y - 5...place.y + 5)
    }

    /// The boxes of the lines from a dot to the next one: along, and up.
    static func lines(_ place: Place, _ next: Place) -> [Box] {
      let (low, high) = (min(place.y, next.y), max(place.y, next.y))
      return [
        Box(x: min(place.x, next.x)...max(place.x, next.x), y: next.y - 1...next.y + 1),
        Box(x: place.x - 1...place.x + 1, y: low...high),
      ]
    }
  }

  private static let style = """
    text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #59636e }
    .title { font-size: 16px; font-weight: 600; fill: #1f2328 } .strong { fill: #1f2328 }
    .page { fill: #ffffff } .grid { stroke: #d1d9e0; stroke-width: 1 }
    .area { fill: #0969da; fill-opacity: 0.08 }
    .step { fill: none; stroke: #0969da; stroke-width: 2; stroke-linejoin: round }
    .dot { fill: #0969da; stroke: #ffffff; stroke-width: 1.5 }
    .untiled { fill: #ffffff; stroke: #bc4c00; stroke-width: 2.5 } .mark { fill: #bc4c00 }
    @media (prefers-color-scheme: dark) {
      text { fill: #9198a1 } .title, .strong { fill: #f0f6fc } .page { fill: #0d1117 }
      .grid { stroke: #30363d } .area { fill: #4493f8; fill-opacity: 0.14 }
      .step { stroke: #4493f8 } .dot { fill: #4493f8; stroke: #0d1117 }
      .untiled { fill: #0d1117; stroke: #f0883e } .mark { fill: #f0883e }
    }
    """

  /// The picture.
  public var svg: String {
    let costs = points.map(\.cost) + [untiled]
    let x = PictureAxis(bytes: costs.map(\.peak), from: Self.left, to: Self.right)
    let y = PictureAxis(
      shares: costs.map { $0.overhead(over: untiled) }, from: Self.bottom, to: Self.top)
    func place(_ cost: ProgramCost) -> Place {
      (x.place(of: Double(cost.peak)), y.place(of: cost.overhead(over: untiled) * 100))
    }
    let places = points.map { place($0.cost) }
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 440" width="760" height="440" \
      role="img" aria-label="\(Self.escaped(title)): memory against multiply-accumulates">
      """,
      "<style>\n\(Self.style)\n</style>",
      "<rect class=\"page\" width=\"760\" height=\"440\"/>",
      Self.text(title, (20, 30), "title"),
    ]
    lines += grid(x, y)
    lines += staircase(places)
    let home = place(untiled)
    lines.append(
      Self.circle(home, radius: 5.5, "untiled", hint: "untiled: \(Self.hint(untiled, untiled))"))
    lines += zip(points, places).filter { $0.cost.peak != untiled.peak || $1 != home }.map {
      Self.circle($1, radius: 4.5, "dot", hint: "\(Self.hint($0.cost, untiled)): \($0.brief)")
    }
    lines += labels(places, home)
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private static func hint(_ cost: ProgramCost, _ untiled: ProgramCost) -> String {
    "\(cost.peak.grouped) bytes, \(cost.overheadText(over: untiled)) MACs"
  }

  /// Lines at the ticks, their labels, and what the axes are.
  private func grid(_ x: PictureAxis, _ y: PictureAxis) -> [String] {
    var lines: [String] = []
    for tick in x.ticks {
      let place = x.place(of: tick.value)
      lines.append(Self.line((place, Self.top), (place, Self.bottom)))
      lines.append(Self.text(tick.label, (place, Self.bottom + 20), anchor: "middle"))
    }
    for tick in y.ticks {
      let place = y.place(of: tick.value)
      lines.append(Self.line((Self.left, place), (Self.right, place)))
      lines.append(Self.text(tick.label, (Self.left - 8, place + 4), anchor: "end"))
    }
    lines.append(
      Self.text(
        "peak of the arena, in bytes", ((Self.left + Self.right) / 2, Self.height - 24),
        "strong", anchor: "middle"))
    lines.append(Self.text("multiply-accumulates, against untiled", (20, 49), "strong"))
    return lines
  }

  /// The fewest multiply-accumulates for every number of bytes, and all that lies beyond.
  private func staircase(_ places: [Place]) -> [String] {
    guard let first = places.first, let last = places.last else { return [] }
    var path = "M\(Self.pair((Self.right, first.y))) H\(Self.number(first.x))"
    for place in places.dropFirst() {
      path += " V\(Self.number(place.y)) H\(Self.number(place.x))"
    }
    let end = "V\(Self.number(Self.top)) H\(Self.number(Self.right)) Z"
    return [
      "<path class=\"area\" d=\"\(path) \(end)\"/>",
      "<path class=\"step\" d=\"\(path)"
        + (last.y > Self.top ? " V\(Self.number(Self.top))" : "") + "\"/>",
    ]
  }

  /// The bytes of points, where there is room for them; those of the untiled program come first.
  private func labels(_ places: [Place], _ home: Place) -> [String] {
    var taken = places.map(Box.dot) + [Box.dot(home)]
    let stairs = zip(places, places.dropFirst()).flatMap(Box.lines)
    var lines: [String] = []
    func label(_ text: String, _ place: Place, _ style: String, isFarther: Bool = false) {
      let width = Double(text.count) * 6.7
      let spots = [
        (-7 - width, 16), (7, -8), (7, 16), (-7 - width, -8), (-width / 2, 20), (-width / 2, -11),
        (8 - width, isFarther ? -40 : -11),
      ].map { (x: place.x + $0.0, y: place.y + $0.1) }
      // A label may lie on a line before it is left out.
      for obstacles in [taken + stairs, taken] {
        for spot in spots {
          let box = Box(x: spot.x...spot.x + width, y: spot.y - 10...spot.y + 2)
          let isInside =
            spot.x > Self.left && box.x.upperBound < Self.width - 4 && spot.y < Self.bottom
          guard isInside, !obstacles.contains(where: box.overlaps) else { continue }
          taken.append(box)
          return lines.append(Self.text(text, spot, style))
        }
      }
    }
    label("untiled \(untiled.peak.grouped)", home, "mark", isFarther: true)
    // The ends before what lies between.
    let ends = Set([points.indices.last, points.indices.first].compactMap { $0 })
    for index in ends.sorted(by: >) + points.indices.filter({ !ends.contains($0) })
    where points[index].cost.peak != untiled.peak {
      label(points[index].cost.peak.grouped, places[index], "strong")
    }
    return lines
  }

  private static func circle(
    _ place: Place, radius: Double, _ style: String, hint: String
  ) -> String {
    "<circle class=\"\(style)\" cx=\"\(number(place.x))\" cy=\"\(number(place.y))\" "
      + "r=\"\(number(radius))\"><title>\(escaped(hint))</title></circle>"
  }

  private static func line(_ from: Place, _ to: Place) -> String {
    "<path class=\"grid\" d=\"M\(pair(from)) L\(pair(to))\"/>"
  }

  private static func text(
    _ text: String, _ place: Place, _ style: String = "", anchor: String = "start"
  ) -> String {
    let attributes =
      (style.isEmpty ? "" : " class=\"\(style)\"")
      + (anchor == "start" ? "" : " text-anchor=\"\(anchor)\"")
    return "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\"\(attributes)>"
      + "\(escaped(text))</text>"
  }

  private static func pair(_ place: Place) -> String { "\(number(place.x)) \(number(place.y))" }

  private static func number(_ value: Double) -> String { value.text(decimals: 1) }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
