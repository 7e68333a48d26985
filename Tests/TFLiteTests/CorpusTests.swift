import TFLite
import Tensor
import Testing

@Suite(.enabled(if: Corpus.isPresent, "TILEWRIGHT_CORPUS names no folder"))
struct CorpusTests {
  @Test func everyModelIsRead() throws {
    let names = try Corpus.modelNames()
    #expect(names.count == 241)
    for name in names {
      do {
        let model = try Model(parsing: Bytes(copying: Corpus.content(of: name)))
        #expect(model.touched() != 0, "\(name)")
        #expect(model.operatorCodes.allSatisfy { !$0.name.hasPrefix("unknown") }, "\(name)")
        #expect(!model.subgraphs[0].operators.isEmpty, "\(name)")
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test(arguments: [
    "cif_cifar10", "cnn_s_i8", "dtln_ns_i8", "hello_world_f32", "hello_world_i8",
    "keyword_scrambled_i16", "kws_aww", "layer_aww_12", "mcunet_320kb_i8",
    "micro_speech_mlonmcu_i8", "mlperf_resnet_i8", "mlperf_strww_i8", "mlperf_toycar_i8",
    "mlperf_vww_i8", "mnist_lstm_i8",
    "mobilenet_v1_025_128_f32", "mobilenet_v2_100_224_i8", "mw_magic_wand", "person_detect_i8",
    "pos_posenet257_i8", "seanet_add0", "seanet_leaky_relu0", "ssd_mobilenet_v1_u8",
    "toycar_dynrange_f32",
  ]) func tensorsAgreeWithLiteRT(_ name: String) throws {
    let tensors = try Model(parsing: Bytes(copying: Corpus.content(of: name))).subgraphs[0].tensors
    let goldens = try Corpus.goldens(of: name).tensors
    #expect(goldens.count > 1)
    for golden in goldens {
      try #require(tensors.indices.contains(golden.index))
      expect(tensors[golden.index], agreesWith: golden)
    }
  }

  @Test(arguments: ["layer_aww_12", "hello_world_i8"])
  func prefixesAreRefused(_ name: String) throws {
    let content = try Corpus.content(of: name)
    let read = (0..<content.count).filter { isModel(Array(content[..<$0])) }
    #expect(read.allSatisfy { $0 > content.count - 16 }, "\(read)")
  }

  @Test(arguments: ["layer_aww_12", "hello_world_i8", "mnist_lstm_i8", "micro_speech_mlonmcu_i8"])
  func bitFlips(_ name: String) throws {
    let content = try Corpus.content(of: name)
    var generator = SplitMix64(seed: 42)
    for _ in 0..<5000 {
      var damaged = content
      let index = Int.random(in: content.indices, using: &generator)
      damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      _ = isModel(damaged)
    }
  }

  @Test func optionsOfARealConvolution() throws {
    let model = try Model(parsing: Bytes(copying: Corpus.content(of: "kws_aww")))
    let convolution = try #require(
      model.subgraphs[0].operators.first { model.operatorCodes[$0.opcodeIndex].name == "CONV_2D" })
    let options = try #require(convolution.options)
    #expect(convolution.optionsType == 1)
    #expect(try options.int8(0, default: 0) == 0, "SAME")
    #expect(try options.int32(1, default: 0) == 2)
    #expect(try options.int32(2, default: 0) == 2)
    #expect(try options.int8(3, default: 0) == 1, "RELU")
    #expect(try options.int32(4, default: 1) == 1)
  }

  private func expect(_ tensor: TensorRecord, agreesWith golden: GoldenTensor) {
    #expect(tensor.name == golden.name)
    #expect(tensor.elementName == golden.dtype.lowercased())
    #expect((tensor.constant != nil) == golden.const)
    #expect(tensor.isVariable == (golden.variable ?? false))
    // A detector's outputs have no shape in the file; LiteRT knows it after a run.
    if tensor.shape != [] || golden.const { #expect(tensor.shape == golden.shape) }
    if let constant = tensor.constant { #expect(constant.count == golden.bytes) }
    let single = tensor.quantization.flatMap { $0.isPerTensor ? $0 : nil }
    #expect(single?.scales.first == golden.scale)
    #expect(single?.zeroPoints.first == golden.zeroPoint)
  }
}
