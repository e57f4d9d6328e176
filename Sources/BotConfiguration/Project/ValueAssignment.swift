import Diagnostics
import YAMLSource
import Suggestions

/// A value given on the command line: `--set parameters.temperature=0.2`.
package struct ValueAssignment: Sendable {
    /// The layer that the assignment makes.
    let layer: ConfigObject

    /// Reads an assignment.
    ///
    /// - Parameter text: `path=value`, the path dotted, the value as it would be written in YAML.
    /// - Throws: ``ProjectError`` that says what is wrong with it.
    package init(parsing text: String) throws(ProjectError) {
        // Only the path is repeated: the value may be a secret that was meant to be a reference.
        let shown = text.prefix { $0 != "=" }
        func invalid(
            _ message: String, _ hint: String? = nil, code: ProjectError.Code = .invalidAssignment
        ) -> ProjectError {
            ProjectError(code: code, description: "--set \(shown): \(message)", hint: hint)
        }
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw invalid("there is no '='", "write --set parameters.temperature=0.2")
        }
        let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let field = BotSchema.overrides.field(at: path) else {
            let key = path.last ?? ""
            let known =
                BotSchema.paths(ofKey: key)
                + (Spelling.closest(to: key, among: BotSchema.allKeys).map {
                    BotSchema.paths(ofKey: $0)
                } ?? [])
            throw invalid(
                "there is no key '\(text[..<equals])'", known.first.map { "did you mean '\($0)'?" })
        }
        let source = SourceText(name: "--set \(text[..<equals])", bytes: Array(text[text.index(after: equals)...].utf8))
        let parsed = YAMLDocument.parse(source)
        var decoder = LayerDecoder(layer: .commandLine, text: source) { path in
            .failure(PromptFileError(message: "'\(path)' cannot be read here", help: [], isOutsideProject: true))
        }
        let value = parsed.document?.root.flatMap { decoder.decode($0, as: field.type, path: path, key: nil) }
        if let problem = (parsed.diagnostics + decoder.diagnostics).first {
            throw invalid(problem.message, problem.help.first, code: .invalidValue)
        }
        guard var node = value else { throw invalid("there is no value after '='") }
        node.origin = Origin(layer: .commandLine)
        for key in path.dropFirst().reversed() {
            node = ConfigNode(.object(ConfigObject([key: node])), origin: node.origin)
        }
        layer = ConfigObject([path[0]: node])
    }
}
