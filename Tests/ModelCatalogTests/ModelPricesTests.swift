import JSONCoding
import ModelCatalog
import Testing

struct ModelPricesTests {
    private func price(_ input: Int) -> ModelPrice { ModelPrice(amounts: [.inputPerMillionTokens: JSONNumber(input)]) }

    private func input(_ prices: ModelPrices, prefix: String?, region: String) -> Int? {
        prices.price(profilePrefix: prefix, region: region)?.amounts[.inputPerMillionTokens]?.integer
    }

    @Test func `the profile's price comes before the region's, that before the base's`() {
        var prices = ModelPrices(entries: [
            "base": price(1), "region:eu-west-1": price(2), "eu": price(3), "global": price(4), "mantle": price(5),
        ])
        #expect(input(prices, prefix: "eu", region: "eu-west-1") == 3)
        #expect(input(prices, prefix: "us", region: "eu-west-1") == 2)
        #expect(input(prices, prefix: nil, region: "eu-west-1") == 2)
        #expect(input(prices, prefix: nil, region: "us-east-1") == 1)
        prices.entries["base"] = nil
        #expect(input(prices, prefix: nil, region: "us-east-1") == 4)
        prices.entries["global"] = nil
        #expect(input(prices, prefix: nil, region: "us-east-1") == 3)
        prices.entries = ["mantle": price(5), "us": price(6)]
        #expect(input(prices, prefix: nil, region: "us-east-1") == 6)
        prices.entries = ["mantle": price(5)]
        #expect(input(prices, prefix: nil, region: "us-east-1") == 5)
        prices.entries = [:]
        #expect(input(prices, prefix: nil, region: "us-east-1") == nil)
    }

    @Test func `amounts keep their source text`() {
        let prices = ModelCatalog.embedded.facts(for: "amazon.nova-micro-v1:0")?.prices
        let bare = prices?.price(profilePrefix: nil, region: "us-east-1")
        #expect(bare?.amounts[.inputPerMillionTokens]?.text == "0.035")
        #expect(bare?.tiers[.batch]?[.outputPerMillionTokens]?.text == "0.07")
        let european = prices?.price(profilePrefix: "eu", region: "eu-west-1")
        #expect(european?.amounts[.inputPerMillionTokens]?.text == "0.046")
        #expect(european?.amounts[.inputAudioPerMillionTokens] == nil)
    }
}
