package import Diagnostics

extension ProjectSources {
    /// The bot files that could be read, as diagnostics name them, in the order of their names.
    package var botFileNames: [String] { botFiles.map(\.name) }
}

extension ProjectSources.BotFile {
    /// The bot's name: what the file says, else the file's name without its ending.
    package var botName: String { layer?.text("name") ?? stem }

    /// Where the name was written, or where the file's first key stands.
    package var nameOrigin: Origin {
        if let node = layer?.fields["name"], case .text = node.value { return node.origin }
        return startOrigin
    }

    /// Where the file's first key stands: the place of what is wrong with the bot as a whole.
    package var startOrigin: Origin { Origin(layer: .bot, text: text, range: start.lowerBound..<start.lowerBound) }
}

extension ProjectSources {
    /// The diagnostics with the texts hidden that stand where a secret belongs.
    package func masked(_ diagnostics: [Diagnostic]) -> [Diagnostic] { secrets.masked(diagnostics) }

    /// The bytes of a file, as these sources were read from it, with the same texts hidden.
    package func masked(_ bytes: [UInt8], of file: String) -> [UInt8] { secrets.masked(bytes, of: file) }
}
