import Fuzz
import Testing

@Suite struct ShardTests {
  @Test(arguments: [1, 2, 3, 7, 20]) func everyNumberIsOfOneShard(_ count: Int) throws {
    for total in [0, 1, 6, 7, 8, 100] {
      let shards = try (1...count).map { try #require(Shard($0, of: count)) }
      let all = shards.flatMap { Array($0.indices(below: total)) }
      #expect(all.sorted() == Array(0..<total))
      for shard in shards {
        #expect(shard.count(below: total) == Array(shard.indices(below: total)).count)
      }
    }
  }

  @Test(arguments: ["1/1", "3/16", "16/16"]) func isReadAsItIsWritten(_ text: String) throws {
    #expect(try #require(Shard(parsing: text)).description == text)
  }

  @Test(arguments: ["0/3", "4/3", "1/0", "-1/3", "1", "1/2/3", "a/b", "", "1/", "/2", "1/-2"])
  func nonsenseIsNoShard(_ text: String) {
    #expect(Shard(parsing: text) == nil)
  }
}
