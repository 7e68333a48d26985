import Files
import Glibc
import Graph
import TFLite

/// A tiler in 240 lines: `row-tiler MODEL OUT` reads a model and writes a plan of it.
///
/// It shows how a compiler of yours is tested by `tilewright fuzz --tiler 'row-tiler {model} {out}'`. With
/// `--forget-dilation` it makes a mistake that is planted for that purpose.
@main
struct RowTiler {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let paths = arguments.filter { !$0.hasPrefix("--") }
    let flags = Set(arguments).subtracting(paths)
    guard paths.count == 2, flags.isSubset(of: ["--forget-dilation"]) else {
      stop(64, "usage: row-tiler MODEL OUT [--forget-dilation]")
    }
    do {
      let graph = try ImportedModel(parsing: MappedFile.bytes(of: paths[0])).graph()
      let tiling = RowTiling(graph: graph, forgetsDilation: !flags.isEmpty)
      try AtomicFile.write([(path: paths[1], bytes: Array(try tiling.plan().json.utf8))])
    } catch let error as ImportError where error.isUnsupported {
      stop(3, "\(error)")
    } catch let error as ImportError {
      stop(4, "\(error)")
    } catch {
      stop(64, "\(error)")
    }
  }

  private static func stop(_ code: Int32, _ message: String) -> Never {
    var line = "row-tiler: \(message)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
  }
}
