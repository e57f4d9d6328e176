import BotConfiguration
import Diagnostics
import ModelCatalog

/// Bots that a deploy cannot judge: without smoke cases, or with cases that any answer passes.
struct SmokeCoverage: BotRule {
    let codes: [DiagnosticCode] = [.noSmokeCases, .smokeCaseAssertsNothing]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard !bot.isRejected("smoke"), !bot.isRejected("kind"), bot.isOfModelsKind
        else { return [] }
        // No case can bring the picture that such a bot needs: that it asks for one is all that can be seen.
        guard bot.facts?.kind != .imageEdit else { return [] }
        // An explicit `null` is the place too.
        let node = bot.effective.root.node("smoke")
        guard case .list(let cases)? = node?.value, !cases.isEmpty else {
            return [
                Finding(
                    .noSmokeCases, "'\(bot.name)' has no smoke case, so that a deploy cannot tell whether it works",
                    at: node?.origin ?? bot.file.startOrigin, file: bot.file.name,
                    help: [
                        bot.kind == .chat
                            ? "add one: smoke: [{name: pong, prompt: Reply with the single word pong., "
                                + "expect: {contains: pong}}]"
                            : "add one: smoke: [{name: tree, prompt: A tree, expect: {file: \(bot.kind.rawValue)}}]"
                    ])
            ]
        }
        return cases.compactMap { smokeCase in
            guard case .object(let object) = smokeCase.value, !asserts(object) else { return nil }
            let name = if case .text(let name)? = object.fields["name"]?.value { "'\(name)' " } else { "" }
            return Finding(
                .smokeCaseAssertsNothing, "the smoke case \(name)asserts nothing: any answer passes",
                at: smokeCase.origin, file: bot.file.name,
                help: ["add what the answer must hold: expect: {contains: …}"])
        }
    }

    private func asserts(_ smokeCase: ConfigObject) -> Bool {
        guard case .object(let expectation)? = smokeCase.fields["expect"]?.value else { return false }
        return expectation.fields.values.contains { $0.value != .reset }
    }
}
