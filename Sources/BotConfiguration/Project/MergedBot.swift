package import ModelCatalog

/// A bot with its layers merged in one environment, whether or not a bot can be made of it: what rules judge.
package final class MergedBot: Sendable {
    package let name: String
    /// The bot's own file.
    package let file: ProjectSources.BotFile
    /// The name of the template that lies beneath; nil when there is none.
    package let template: String?
    /// Every effective value with its origin, and what the model's facts change of them.
    package let effective: EffectiveConfig
    /// What is known of the model; nil when nothing is.
    package let facts: ModelFacts?
    /// The dotted paths of keys that were written, in the file or its template, and are wrong: their absence means
    /// nothing.
    package let rejectedPaths: Set<String>

    init(
        name: String, file: ProjectSources.BotFile, template: String?, effective: EffectiveConfig, facts: ModelFacts?,
        rejectedPaths: Set<String>
    ) {
        self.name = name
        self.file = file
        self.template = template
        self.effective = effective
        self.facts = facts
        self.rejectedPaths = rejectedPaths
    }

    /// What the bot produces.
    package var kind: BotKind { BotMaker.kind(of: effective.root, facts) }

    /// Whether the bot produces what its model makes, as far as that is known.
    package var isOfModelsKind: Bool { facts.map { BotKind(of: $0) == kind } ?? true }

    /// The service behind which the model stands.
    package var provider: ModelReference.Provider { ModelReference.Provider(of: effective.root) }

    /// Whether a key, or one in it, was written and is wrong.
    package func isRejected(_ path: String) -> Bool {
        rejectedPaths.contains { $0 == path || $0.hasPrefix(path + ".") || $0.hasPrefix(path + "[") }
    }

    /// The value that a layer sets at a key, or at one within it, with its origin; nil also for an explicit `null`.
    package func node(_ key: String, _ nested: String? = nil) -> ConfigNode? {
        effective.root.setNode(key, nested)
    }

    /// The text at a key, or at one within it, as a layer sets it.
    package func text(_ key: String, _ nested: String? = nil) -> String? {
        effective.root.text(key, nested)
    }
}
