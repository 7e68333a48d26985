// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "tilewright-benchmarks",
  dependencies: [.package(name: "tilewright", path: "..")],
  targets: [
    .executableTarget(
      name: "benchmark", dependencies: [.product(name: "TilewrightEngine", package: "tilewright")])
  ]
)
