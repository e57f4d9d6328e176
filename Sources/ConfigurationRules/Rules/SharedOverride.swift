import BotConfiguration
import Diagnostics

/// A value that every bot of a template sets for itself, at least three of them: it belongs in the template.
struct SharedOverride: Rule {
    let codes: [DiagnosticCode] = [.sharedOverride]

    /// How many bots must agree before a template is the better place.
    private static let least = 3

    /// What makes a bot that bot, or would mean something else in a template.
    private static let ownPaths: Set<String> = [
        "kind", "model.id", "description", "fallback.to", "poe.handle", "poe.access_key",
    ]

    func findings(in subject: RuleSubject) -> [Finding] {
        guard subject.knowsAllBots else { return [] }
        let groups = Dictionary(grouping: subject.projects.first?.mergedBots ?? []) {
            $0.template ?? ProjectSources.defaultTemplate(.chat)
        }
        return groups.sorted { $0.key < $1.key }.flatMap { template, bots in
            bots.count < Self.least ? [] : findings(in: bots, of: template, in: subject.sources)
        }
    }

    private func findings(in bots: [MergedBot], of template: String, in sources: ProjectSources) -> [Finding] {
        guard let first = bots.first else { return [] }
        var shared = BotOverrides(.living, of: first, in: sources).values
            .filter { !Self.ownPaths.contains($0.dottedPath) && !$0.isOfSomeModels }
        for bot in bots.dropFirst() {
            guard !shared.isEmpty else { return [] }
            shared = shared.filter { value in
                bot.file.layer?.node(at: value.path)?.value.means(value.node.value) ?? false
            }
        }
        return shared.map { finding($0, bots, template) }
    }

    private func finding(_ value: BotOverrides.Value, _ bots: [MergedBot], _ template: String) -> Finding {
        let others = bots.dropFirst().prefix(2).compactMap { bot in
            bot.file.layer?.node(at: value.path).map { Finding.Note("here too", at: $0.origin) }
        }
        let rest = bots.count - 1 - others.count
        return Finding(
            .sharedOverride, "all \(bots.count) bots of '\(template)' set '\(value.dottedPath)' to the same value",
            at: value.node.origin, help: ["set it once in templates/\(template).yaml, and remove it from the bots"],
            notes: others + (rest > 0 ? [Finding.Note("and in \(rest) more")] : []))
    }
}

extension BotOverrides.Value {
    /// Whether it is right for some models only: cases that bring files were written for models that read them.
    fileprivate var isOfSomeModels: Bool {
        if dottedPath == "smoke", case .list(let cases) = node.value {
            cases.contains(where: \.bringsFile)
        } else {
            false
        }
    }
}
