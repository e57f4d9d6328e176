import BotConfiguration
import JSONCoding
import ModelCatalog
import Testing

/// Parameters meet the facts of a model.
struct AdjustedParametersTests {
    private func facts(_ change: (inout ModelFacts) -> Void) -> ModelFacts {
        var facts = ModelFacts(id: "acme.rocket-1", maker: "Acme", displayName: "Rocket", kind: .text)
        change(&facts)
        return facts
    }

    private func adjusted(
        _ parameters: Parameters, _ facts: ModelFacts? = nil, of provider: ModelReference.Provider = .bedrock
    ) -> (sent: Parameters, changes: [ParameterAdjustment]) {
        let once = parameters.adjusted(to: facts, of: provider)
        let twice = once.sent.adjusted(to: facts, of: provider)
        #expect(twice.sent == once.sent)
        #expect(twice.adjustments == [])
        return (once.sent, once.adjustments)
    }

    @Test func `what is not known of a model is taken`() {
        let all = Parameters(
            temperature: 1, topP: 0, maxTokens: 1, stopSequences: ["x"], reasoning: .max, additional: ["top_k": 40])
        #expect(adjusted(all).sent == all)
        #expect(adjusted(all, facts { _ in }).sent == all)
        #expect(adjusted(all).changes == [])
    }

    @Test(arguments: [(1.7, 1), (-1, 0), (.infinity, 1), (2, 1)] as [(Double, Double)])
    func `temperature and top-p stay within what Converse takes`(wished: Double, sent: Double) {
        let result = adjusted(Parameters(temperature: wished, topP: wished))
        #expect(result.sent == Parameters(temperature: sent, topP: sent))
        #expect(result.changes.map(\.change) == [.outOfRange(sent: sent), .outOfRange(sent: sent)])
        #expect(result.changes.map(\.key) == [.temperature, .topP])
    }

    @Test func `what is no number is left out without a word`() {
        #expect(adjusted(Parameters(temperature: .nan)).sent == Parameters())
        #expect(adjusted(Parameters(temperature: .nan)).changes == [])
    }

    @Test func `another provider has ranges of its own`() {
        #expect(adjusted(Parameters(temperature: 1.7), of: .openai).sent.temperature == 1.7)
    }

    @Test func `a model that takes no sampling parameters gets none`() {
        let result = adjusted(
            Parameters(temperature: 1.5, topP: 0.5, maxTokens: 9), facts { $0.capabilities.samplingParams = false })
        #expect(result.sent == Parameters(maxTokens: 9))
        #expect(
            result.changes
                == [
                    ParameterAdjustment(key: .temperature, change: .refused),
                    ParameterAdjustment(key: .topP, change: .refused),
                ])
    }

    @Test func `of two that exclude each other the temperature is sent`() {
        let facts = facts { $0.capabilities.temperatureWithTopP = false }
        let both = adjusted(Parameters(temperature: 0.5, topP: 0.4), facts)
        #expect(both.sent == Parameters(temperature: 0.5))
        #expect(both.changes == [ParameterAdjustment(key: .topP, change: .refusedBesideTemperature)])
        #expect(adjusted(Parameters(topP: 0.4), facts).sent == Parameters(topP: 0.4))
        #expect(adjusted(Parameters(temperature: .nan, topP: 0.4), facts).sent == Parameters(topP: 0.4))
    }

    @Test(
        arguments: [
            (100, nil, nil, 100, nil), (100, nil, 64, 64, .aboveLimit(64)), (1, 16, 64, 16, .belowLeast(16)),
            (16, 16, 64, 16, nil), (64, 16, 64, 64, nil),
        ] as [(Int, Int?, Int?, Int, ParameterAdjustment.Change?)])
    func `the length stays within the model's limits`(
        wished: Int, least: Int?, most: Int?, sent: Int, change: ParameterAdjustment.Change?
    ) {
        let facts = facts {
            $0.minOutputTokens = least
            $0.maxOutputTokens = most
        }
        let result = adjusted(Parameters(maxTokens: wished), facts)
        #expect(result.sent.maxTokens == sent)
        #expect(result.changes.map(\.change) == (change.map { [$0] } ?? []))
    }

    @Test func `an effort that the model refuses is left to the model`() {
        var reasoning = ReasoningFacts(alwaysOn: true, effort: [.minimal: false], effortCeiling: .high)
        let always = facts { $0.reasoning = reasoning }
        func change(_ effort: ReasoningEffort, _ facts: ModelFacts) -> ParameterAdjustment.Change? {
            let result = adjusted(Parameters(reasoning: effort), facts)
            #expect(result.sent.reasoning == (result.changes.isEmpty ? effort : nil))
            return result.changes.first?.change
        }
        #expect(change(.none, always) == .alwaysReasons)
        #expect(change(.minimal, always) == .refused)
        #expect(change(.high, always) == nil)
        #expect(change(.max, always) == .aboveCeiling(.high))
        reasoning.alwaysOn = nil
        #expect(change(.none, facts { $0.reasoning = reasoning }) == nil)
        let never = facts { $0.capabilities.reasoning = false }
        #expect(change(.low, never) == .doesNotReason)
        #expect(adjusted(Parameters(reasoning: ReasoningEffort.none), never).sent.reasoning == nil)
        #expect(adjusted(Parameters(reasoning: ReasoningEffort.none), never).changes == [])
    }

    @Test(
        arguments: [
            ("anthropic.claude-haiku-4-5-20251001-v1:0", true), ("anthropic.claude-opus-4-1-20250805-v1:0", true),
            ("us.anthropic.claude-sonnet-4-6", true), ("anthropic.claude-opus-4-20250514-v1:0", false),
            ("amazon.nova-micro-v1:0", false),
        ])
    func `the catalog knows who refuses both`(id: String, refuses: Bool) {
        #expect((ModelCatalog.embedded.facts(for: id)?.capabilities.temperatureWithTopP == false) == refuses)
    }

    @Test(
        arguments: [
            ("openai.gpt-5.5", 16), ("xai.grok-4.7", 16), ("openai.gpt-oss-20b-1:0", nil),
            ("amazon.nova-micro-v1:0", nil),
        ] as [(String, Int?)])
    func `the catalog knows the least length`(id: String, least: Int?) {
        #expect(ModelCatalog.embedded.facts(for: id)?.minOutputTokens == least)
    }
}
