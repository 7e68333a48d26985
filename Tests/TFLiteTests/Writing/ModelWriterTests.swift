import Files
import Fuzz
import Graph
import Ops
import TFLite
import Tensor
import TestSupport
import Testing

/// What is written is read as the same graph.
@Suite struct ModelWriterTests {
  /// An operator and some seeds of examples.
  struct Block: CustomTestStringConvertible, Sendable {
    let operation: any Operator.Type
    let seeds: Range<UInt64>

    var testDescription: String { "\(operation.builtins[0].name), seeds \(seeds)" }

    func graph(_ seed: UInt64) throws -> Graph {
      var generator = SplitMix64(seed: seed)
      return try ExampleNetwork.graph(of: operation.random(using: &generator))
    }

    static func all(draws: UInt64) -> [Block] {
      Catalog.operators.flatMap { operation in
        Budget.blocks(of: draws, draws: draws).map { Block(operation: operation, seeds: $0) }
      }
    }
  }

  private func read(_ content: [UInt8]) throws -> Graph {
    try ImportedModel(parsing: Bytes(copying: content)).graph()
  }

  @Test(arguments: Block.all(draws: 200)) func everyOperatorIsReadBack(_ block: Block) throws {
    for seed in block.seeds {
      let graph = try block.graph(seed)
      let differences = try read(ModelWriter.bytes(of: graph)).differences(from: graph)
      for difference in differences {
        Issue.record(
          "\(difference)\nreplay: \(Budget.replay(seed, suite: "ModelWriterTests"))")
      }
    }
  }

  @Test(arguments: Fixtures.names) func everyFixtureIsReadBack(_ name: String) throws {
    let graph = try GraphFixture.graph(name)
    let content = try ModelWriter.bytes(of: graph)
    let again = try read(content)
    #expect(again.differences(from: graph) == [])
    #expect(try ModelWriter.bytes(of: again) == content, "the same bytes for the same graph")
  }

  @Test(.enabled(if: TestSupport.Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
  func everyModelOfTheCorpusIsReadBack() throws {
    var count = 0
    for name in TestSupport.Corpus.names {
      guard let graph = try? GraphFixture.graph(at: TestSupport.Corpus.model(name)) else {
        continue
      }
      count += 1
      #expect(try read(ModelWriter.bytes(of: graph)).differences(from: graph) == [], "\(name)")
    }
    #expect(count > 200)
  }

  /// A state that two operators change one after the other has one tensor in the file.
  @Test func aVariableIsOneTensor() throws {
    var builder = GraphBuilder()
    let input = try builder.input([1, 4])
    let first = try builder.svdf(input, units: 2, memory: 3)
    let second = try builder.svdf(first, units: 2, memory: 3, sharesState: true)
    let graph = try builder.graph(outputs: [second])
    let bytes = Bytes(copying: try ModelWriter.bytes(of: graph))
    let model = try Model(parsing: bytes)
    #expect(model.subgraphs[0].tensors.count == graph.tensors.count - 2)
    #expect(model.subgraphs[0].tensors.count(where: \.isVariable) == 1)
    #expect(model.subgraphs[0].operators.map(\.outputs.count) == [1, 1])
    let again = try ImportedModel(parsing: bytes).graph()
    #expect(again.variables.map(\.versions.count) == [3])
    #expect(again.nodes.map(\.operation.options) == graph.nodes.map(\.operation.options))
  }

  /// TensorFlow Lite reads a quantization there, TensorFlow Lite Micro wants tensors without elements.
  @Test func whatAnOperatorKeepsInsideIsDescribed() throws {
    let block = Block(operation: UnidirectionalSequenceLSTM.self, seeds: 1..<2)
    let graph = try block.graph(1)
    let hidden = try #require(graph.nodes[0].signature.inputs[18]?.type)
    let file = Bytes(copying: try ModelWriter.bytes(of: graph))
    let subgraph = try Model(parsing: file).subgraphs[0]
    let described = subgraph.operators[0].intermediates
    #expect(described.count == 5 && Set(described).count == 1)
    let tensor = subgraph.tensors[described[4]]
    #expect(tensor.shape == [0] && tensor.quantization == hidden.quantization)
    // What the graph does not have is added, once.
    let bare = try Graph(
      tensors: graph.tensors.map {
        $0.type.shape == Shape(0)
          ? GraphTensor(name: "other", type: TensorType(.bool, Shape(1))) : $0
      },
      nodes: graph.nodes.map { (operation: $0.operation, inputs: $0.inputs, outputs: $0.outputs) },
      inputs: graph.modelInputs, outputs: graph.modelOutputs, variables: graph.variables,
      modelHash: "")
    let added = try Model(parsing: Bytes(copying: ModelWriter.bytes(of: bare))).subgraphs[0]
    #expect(added.tensors.count == subgraph.tensors.count + 1)
    #expect(added.tensors[added.operators[0].intermediates[4]].name == "operand 18 inside")
  }

  @Test func constantsAreAlignedAndShared() throws {
    let graph = try GraphFixture.graph("image_classifier")
    let bytes = Bytes(copying: try ModelWriter.bytes(of: graph))
    let model = try Model(parsing: bytes)
    let constants = model.subgraphs[0].tensors.filter { $0.constant != nil }
    #expect(!constants.isEmpty)
    let start = try #require(bytes.buffer.baseAddress)
    for tensor in constants {
      let place = try #require(tensor.constant?.buffer.baseAddress)
      #expect((place - start).isMultiple(of: 16), "\(tensor.name)")
    }
    #expect(Set(constants.map(\.buffer)).count == Set(constants.compactMap(\.constant)).count)
    #expect(model.description == "Written by Tilewright.")
  }

  @Test func eachKindOfOperatorIsListedOnce() throws {
    let graph = try GraphFixture.graph("image_classifier")
    let model = try Model(parsing: Bytes(copying: ModelWriter.bytes(of: graph)))
    #expect(Set(model.operatorCodes).count == model.operatorCodes.count)
    #expect(
      graph.nodes.map(\.operatorName)
        == model.subgraphs[0].operators.map { model.operatorCodes[$0.opcodeIndex].name })
  }

  /// The versions that converters wrote into real models, but for older ones, and for operators of several
  /// types that have one version in the file.
  @Test(.enabled(if: TestSupport.Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
  func versionsAreThoseOfConverters() throws {
    var equalCount = 0
    var others: Set<String> = []
    for name in TestSupport.Corpus.names {
      let file = try MappedFile.bytes(of: TestSupport.Corpus.model(name))
      let imported = try ImportedModel(parsing: file)
      guard let graph = try? imported.graph() else { continue }
      for (node, record) in zip(graph.nodes, imported.model.subgraphs[0].operators) {
        let version = node.operation.version(node.signature)
        let stated = imported.model.operatorCodes[record.opcodeIndex].version
        let element = node.signature.inputs[0]?.type.element
        if version == stated {
          equalCount += 1
        } else if let element {
          others.insert("\(node.operatorName) \(element): \(version), stated \(stated)")
        }
      }
    }
    #expect(equalCount > 900)
    #expect(
      others == [
        "ADD int16: 3, stated 2", "CONV_2D int16: 4, stated 3", "CONV_2D int8: 3, stated 2",
        "FULLY_CONNECTED float32: 1, stated 3", "PAD int16: 3, stated 2",
        "QUANTIZE int32: 2, stated 1", "QUANTIZE int8: 1, stated 2", "SPLIT int32: 1, stated 3",
        "STRIDED_SLICE int16: 1, stated 2", "SUB int16: 5, stated 2", "UNPACK int8: 2, stated 1",
      ])
  }
}
