// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A module of the engine: everything it may import is listed in `dependencies`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "tilewright",
  products: [
    .executable(name: "tilewright", targets: ["tilewright"]),
    .executable(name: "row-tiler", targets: ["row-tiler"]),
    .library(
      name: "TilewrightEngine",
      targets: [
        "Fuzz", "Verify", "Planning", "TiledExec", "TFLite", "NumPy", "Graph", "Ops", "Files",
        "Tensor",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    module("Tensor"),
    module("Files", ["Tensor"]),
    module("Ops", ["Tensor"]),
    .systemLibrary(name: "CBLAS", providers: [.apt(["libblas-dev"])]),
    module("FloatOracle", ["Ops", "Tensor", "CBLAS"]),
    module("Graph", ["Ops", "Tensor"]),
    module("NumPy", ["Files", "Tensor"]),
    module("TFLite", ["Files", "Graph", "Ops", "Tensor"]),
    module("Planning", ["Graph", "Ops", "Tensor"]),
    module("TiledExec", ["Graph", "Ops", "Tensor"]),
    module("Verify", ["TiledExec", "FloatOracle", "Graph", "Ops", "Tensor"]),
    module(
      "Fuzz", ["Planning", "Verify", "TiledExec", "TFLite", "Graph", "Files", "Ops", "Tensor"]),
    module(
      "Reporting",
      ["Fuzz", "Planning", "TFLite", "Verify", "TiledExec", "Graph", "Files", "Ops", "Tensor"]),
    .executableTarget(
      name: "tilewright",
      dependencies: [
        "Reporting", "Fuzz", "Planning", "Verify", "TiledExec", "TFLite", "Graph", "NumPy", "Files",
        "Ops", "Tensor", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // An example of a tiler; it has what a package of its own would have.
    .executableTarget(
      name: "row-tiler", dependencies: ["TFLite", "Graph", "Files", "Ops", "Tensor"],
      path: "examples/row-tiler", exclude: ["README.md"], packageAccess: false,
      swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "FloatOracle", "Fuzz", "Planning", "TFLite", "Graph", "NumPy", "Files", "Ops", "Tensor",
      ],
      path: "Tests/Support", swiftSettings: strict),
    tests("TensorTests", ["Tensor", "TestSupport"]),
    tests("OpsTests", ["FloatOracle", "Ops", "Tensor", "TestSupport"]),
    tests("FilesTests", ["Files", "Tensor", "TestSupport"]),
    tests("NumPyTests", ["NumPy", "Files", "Tensor", "TestSupport"]),
    tests("GraphTests", ["Fuzz", "Planning", "Graph", "Files", "Ops", "Tensor", "TestSupport"]),
    tests(
      "PlanningTests",
      ["Fuzz", "Planning", "Verify", "Graph", "Ops", "Tensor", "TestSupport"]),
    tests("TiledExecTests", ["TiledExec", "Planning", "Graph", "Ops", "Tensor", "TestSupport"]),
    tests(
      "VerifyTests",
      ["Fuzz", "Verify", "TiledExec", "Planning", "Graph", "Ops", "Tensor", "TestSupport"]),
    tests(
      "FuzzTests",
      [
        "row-tiler", "Fuzz", "TiledExec", "Planning", "Verify", "TFLite", "Graph", "Ops", "Tensor",
        "TestSupport",
      ]),
    tests(
      "TFLiteTests",
      ["Fuzz", "TFLite", "TiledExec", "Planning", "Graph", "Files", "Ops", "Tensor", "TestSupport"]),
    tests(
      "CLITests",
      [
        "tilewright", "row-tiler", "Planning", "Graph", "NumPy", "Files", "Ops", "Tensor",
        "TestSupport",
      ]),
  ]
)
