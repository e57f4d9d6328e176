import ModelCatalog
import Onboarding
import Testing

struct PossibleSlipTests {
    @Test(
        arguments: [
            // Another number is another version, with whatever prefix, date or packaging.
            ("us.anthropic.claude-opus-9-20270101-v1:0", nil), ("anthropic.claude-opus-9", nil),
            ("amazon.nova-micro-v2:0", nil), ("meta.llama9-70b-instruct-v1:0", nil),
            ("acme.rocket-2-v1:0", nil),
            // A version that is known is no new one.
            ("anthropic.claude-opus-5-5-20270101-v1:0", ["anthropic.claude-opus-5-5"]),
            // Letters that are nearly those of another.
            ("amazon.nova-mirco-v1:0", ["amazon.nova-micro-v1:0"]), ("amazon.nova-prov1:0", ["amazon.nova-pro-v1:0"]),
        ] as [(String, [String]?)])
    func `a slip is told from a new version`(id: String, meant: [String]?) {
        #expect(PossibleSlip(id, in: .embedded)?.meant == meant)
    }
}
