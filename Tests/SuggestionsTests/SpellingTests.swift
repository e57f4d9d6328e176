import Suggestions
import Testing

struct SpellingTests {
    private static let keys = [
        "temperature", "top_p", "max_tokens", "stop_sequences", "reasoning", "additional", "name", "kind", "model",
        "input_usd_per_million", "output_usd_per_million", "labels", "smoke", "max_concurrent", "per_image",
    ]

    @Test(arguments: [
        ("temprature", "temperature"), ("temperatur", "temperature"), ("temparature", "temperature"),
        ("maxTokens", "max_tokens"), ("max-tokens", "max_tokens"), ("MAX_TOKENS", "max_tokens"),
        ("max_token", "max_tokens"), ("stop_sequenes", "stop_sequences"), ("label", "labels"), ("naem", "name"),
        ("knid", "kind"), ("modle", "model"), ("smke", "smoke"), ("reasonnig", "reasoning"),
        ("mode", "model"), ("names", "name"),
    ])
    func `a slip of the hand is certain`(word: String, meant: String) {
        #expect(Spelling.certain(for: word, among: Self.keys) == meant)
    }

    @Test(arguments: [
        "top_k", "min_tokens", "max_output_tokens", "temp", "tokens", "usd_per_million", "x", "",
        "nime", "per_imagine_it", String(repeating: "temperature", count: 30),
    ])
    func `what could be another word is not`(word: String) {
        #expect(Spelling.certain(for: word, among: Self.keys) == nil)
    }

    @Test func `two words as close as each other are none`() {
        #expect(Spelling.certain(for: "templat", among: ["template", "templats"]) == nil)
        #expect(Spelling.certain(for: "templat", among: ["template", "template"]) == "template")
        #expect(Spelling.certain(for: "templat", among: []) == nil)
    }

    @Test func `the nearest is found also when it is not certain`() {
        #expect(Spelling.closest(to: "top_k", among: Self.keys) == "top_p")
        #expect(Spelling.closest(to: "temprature", among: Self.keys) == "temperature")
    }

    @Test func `how far the nearest is tells which of two places is meant`() {
        #expect(Spelling.match(for: "temprature", among: ["template"])?.distance == 3)
        #expect(Spelling.match(for: "temprature", among: Self.keys)?.distance == 1)
        #expect(Spelling.match(for: "Labels", among: Self.keys)?.distance == 0)
        #expect(Spelling.match(for: "xyz", among: Self.keys) == nil)
    }
}
