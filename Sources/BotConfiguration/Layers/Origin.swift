package import Diagnostics

/// Where an effective value was written.
package struct Origin: Hashable, Sendable {
    /// Who says it.
    package let layer: Layer
    /// The file it stands in; nil for schema defaults and `--set`.
    package let text: SourceText?
    /// Its bytes in that file: within the first line, and of a collection in block style only its first entry.
    package let range: Range<Int>

    package init(layer: Layer, text: SourceText? = nil, range: Range<Int> = 0..<0) {
        self.layer = layer
        self.text = text
        self.range = range
    }

    /// The place in the file; found by counting lines, so ask for what is shown only.
    package var location: SourceLocation? { text?.location(of: range) }

    /// The place in short, or the layer's name where there is no file: `bots.d/claude.yaml:7:3`, `--set`.
    package var description: String { location?.description ?? layer.description }

    package static func == (left: Origin, right: Origin) -> Bool {
        left.layer == right.layer && left.range == right.range && left.text === right.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(layer)
        hasher.combine(range)
    }
}

/// One of the layers that make up an effective config, weakest first.
package enum Layer: Int, Hashable, Sendable, Comparable, CaseIterable {
    case schemaDefault, facts, template, bot, environment, environmentBot, commandLine

    package static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }

    /// What people call the layer.
    package var description: String {
        switch self {
        case .schemaDefault: "schema default"
        case .facts: "facts of the project"
        case .template: "template"
        case .bot: "bot"
        case .environment: "environment overrides"
        case .environmentBot: "environment overrides of the bot"
        case .commandLine: "--set"
        }
    }
}
