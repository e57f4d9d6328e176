import BotConfiguration
import Diagnostics
import MediaGeneration
import ModelCatalog

/// Bots that a deploy cannot judge: without smoke cases, or with cases that any answer passes.
struct SmokeCoverage: BotRule {
    let codes: [DiagnosticCode] = [.noSmokeCases, .smokeCaseAssertsNothing]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard !bot.isRejected("smoke"), !bot.isRejected("kind"), bot.isOfModelsKind
        else { return [] }
        // Of a model that nobody knows how to ask this would be the lesser news.
        let needsPicture = bot.facts?.kind == .imageEdit
        if needsPicture, ImageModelShapes.find(modelID: bot.facts?.id ?? "") == nil { return [] }
        // An explicit `null` is the place too.
        let node = bot.effective.root.node("smoke")
        let cases = askedCases(at: node, needPicture: needsPicture)
        guard !cases.isEmpty else {
            return [
                Finding(
                    .noSmokeCases, "'\(bot.name)' has no smoke case, so that a deploy cannot tell whether it works",
                    at: node?.origin ?? bot.file.startOrigin, file: bot.file.name,
                    help: [
                        needsPicture
                            ? "add one: smoke: [{name: picture, prompt: A tree, attachments: [smoke/picture.png], "
                                + "expect: {file: image}}]"
                            : bot.kind == .chat
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

    /// The cases that are asked of a bot: where it needs a picture, those of its own file and those that bring one.
    private func askedCases(at node: ConfigNode?, needPicture: Bool) -> [ConfigNode] {
        guard let node, case .list(let cases) = node.value else { return [] }
        return needPicture && node.origin.layer != .bot ? cases.filter(\.bringsFile) : cases
    }

    private func asserts(_ smokeCase: ConfigObject) -> Bool {
        guard case .object(let expectation)? = smokeCase.fields["expect"]?.value else { return false }
        return expectation.fields.values.contains { $0.value != .reset }
    }
}
