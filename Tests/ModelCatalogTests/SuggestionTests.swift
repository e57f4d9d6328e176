import ModelCatalog
import Testing

struct SuggestionTests {
    let catalog = ModelCatalog.embedded

    @Test(
        arguments: [
            ("amazon.nova-mirco-v1:0", "amazon.nova-micro-v1:0"),
            ("amazon.nova-micro", "amazon.nova-micro-v1:0"),
            ("nova-micro", "amazon.nova-micro-v1:0"),
            ("us.amazon.nova-micro-v1:1", "amazon.nova-micro-v1:0"),
            ("Amazon.Nova-Micro-v1:0", "amazon.nova-micro-v1:0"),
            ("claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("antropic.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
            ("meta.llama3-3-70b-instruct", "meta.llama3-3-70b-instruct-v1:0"),
            ("deepseek.r1", "deepseek.r1-v1:0"),
        ])
    func `finds what was meant`(written: String, meant: String) {
        #expect(catalog.closestID(to: written) == meant)
    }

    @Test(arguments: ["", "acme.rocket-v9:0", "x", String(repeating: "nova", count: 1000)])
    func `says nothing where nothing is near`(written: String) {
        #expect(catalog.closestID(to: written) == nil)
    }

    @Test func `every id suggests itself`() {
        for model in catalog.models { #expect(catalog.closestID(to: model.id) == model.id) }
    }
}
