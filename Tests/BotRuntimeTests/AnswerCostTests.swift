import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import Testing

struct AnswerCostTests {
    private func cost(
        _ amounts: [(PriceUnit, String)], long: (Int, [(PriceUnit, String)])? = nil, second: String? = nil
    ) throws -> UpstreamCost {
        func prices(_ pairs: [(PriceUnit, String)]) throws -> PriceAmounts {
            Dictionary(uniqueKeysWithValues: try pairs.map { ($0.0, try #require(JSONNumber(text: $0.1))) })
        }
        let longContext = try long.map {
            ModelPrice.LongContext(aboveInputTokens: $0.0, amounts: try prices($0.1))
        }
        let all = amounts + (second.map { [(.outputVideoSecond, $0)] } ?? [])
        return UpstreamCost(price: ModelPrice(amounts: try prices(all), longContext: longContext))
    }

    @Test func `tokens are paid exactly, however small the price`() throws {
        let cost = try cost([(.inputPerMillionTokens, "0.035"), (.outputPerMillionTokens, "0.14")])
        let amount = AnswerCost(usage: TokenUsage(input: 1, output: 1)).amount(at: cost)
        #expect(amount?.description == "0.000000175")
    }

    @Test func `a tenth ten million times is a whole number`() throws {
        let cost = try cost([(.inputPerMillionTokens, "0.1"), (.outputPerMillionTokens, "0.1")])
        let amount = AnswerCost(usage: TokenUsage(input: 10_000_000, output: 20_000_000)).amount(at: cost)
        #expect(amount?.description == "3")
    }

    @Test func `cached tokens are paid once, at their own prices`() throws {
        let cost = try cost([
            (.inputPerMillionTokens, "3"), (.outputPerMillionTokens, "15"), (.cacheReadPerMillionTokens, "0.3"),
            (.cacheWritePerMillionTokens, "3.75"),
        ])
        let usage = TokenUsage(input: 1_000_000, output: 0, cacheRead: 1_000_000, cacheWrite: 1_000_000)
        #expect(AnswerCost(usage: usage).amount(at: cost)?.description == "7.05")
    }

    @Test func `a price that is not known makes the cost unknown, unless nothing of it was used`() throws {
        let cost = try cost([(.inputPerMillionTokens, "3"), (.outputPerMillionTokens, "15")])
        #expect(AnswerCost(usage: TokenUsage(input: 1, output: 1, cacheRead: 1)).amount(at: cost) == nil)
        #expect(AnswerCost(usage: TokenUsage(input: 1, output: 1)).amount(at: cost) != nil)
    }

    @Test(arguments: [(200_000, "0.6"), (200_001, "1.200006")])
    func `above the size where long input begins all of it has the other price`(input: Int, text: String) throws {
        let cost = try cost(
            [(.inputPerMillionTokens, "3"), (.outputPerMillionTokens, "15")],
            long: (200_000, [(.inputPerMillionTokens, "6")]))
        #expect(AnswerCost(usage: TokenUsage(input: input, output: 0)).amount(at: cost)?.description == text)
    }

    @Test func `images and seconds of video are paid by the piece`() throws {
        let cost = try cost([(.outputImage, "0.04")], second: "0.75")
        let nothing = TokenUsage(input: 0, output: 0)
        #expect(AnswerCost(usage: nothing, images: 3).amount(at: cost)?.description == "0.12")
        #expect(AnswerCost(usage: nothing, videoSeconds: 5).amount(at: cost)?.description == "3.75")
    }

    @Test func `the bot's own cost goes over the facts`() throws {
        let config = try sampleBot(members: #""cost":{"input_usd_per_million":"100000"}"#)
        #expect(AnswerCost(usage: TokenUsage(input: 70, output: 0)).amount(at: config.cost)?.description == "7")
    }

    @Test(arguments: ["", ".", "1.", "x", "1e3", "0." + String(repeating: "1", count: 25)])
    func `what is no plain decimal is no amount`(text: String) {
        #expect(ExactAmount(text) == nil)
    }

    @Test(arguments: [("0", "0"), ("1.50", "1.5"), ("100", "100"), ("0.0001", "0.0001"), ("-2.5", "-2.5")])
    func `an amount is written without needless zeros`(text: String, written: String) {
        #expect(ExactAmount(text)?.description == written)
    }

    @Test func `what does not fit is not known rather than wrong`() throws {
        let huge = try #require(ExactAmount("1" + String(repeating: "0", count: 37)))
        #expect(huge.times(1_000_000) == nil)
        #expect(huge.plus(try #require(ExactAmount("0.0001"))) == nil)
    }
}
