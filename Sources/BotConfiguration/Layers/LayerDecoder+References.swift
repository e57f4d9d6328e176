import Diagnostics
import Secrets
import YAMLSource

extension LayerDecoder {
    mutating func decodeSecret(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        let nodes = node.kind == .sequence ? Array(node.items) : [node]
        secretRanges += nodes.filter { (try? SecretReference(parsing: $0.scalar)) == nil }.map(\.range)
        guard node.kind != .mapping, !nodes.isEmpty, nodes.count <= 8 else {
            return reportWrongType(
                node, expected: "a secret reference, or a list of one to eight of them", path,
                help: [Self.exampleOfReference])
        }
        var references: [SecretReference] = []
        for item in nodes {
            guard item.kind == .scalar else {
                _ = reportWrongType(item, expected: "a secret reference", path)
                continue
            }
            do {
                references.append(try SecretReference(parsing: item.scalar))
            } catch {
                reportReference(error, item, path)
            }
        }
        return references.count == nodes.count ? made(.secret(references), node) : nil
    }

    private static var exampleOfReference: String { "a reference looks like \"${env:NAME}\" or \"${file:PATH}\"" }

    mutating func reportReference(
        _ error: SecretReference.ParseError, _ node: YAMLNode, _ path: [String]
    ) {
        let name = path.joined(separator: ".")
        let example = Self.exampleOfReference
        switch error {
        case .plainText where looksLikeVariable(node.scalar):
            report(
                .invalidReference, "'\(name)' names a variable in another way than references do", at: node,
                help: ["write \"${env:NAME}\", with the variable's name"])
        case .plainText:
            report(
                .secretInPlainText, "'\(name)' holds a text where only a reference to a secret may stand", at: node,
                help: [example, "a key that was committed is known: replace it"])
        case .unknownSource(let word):
            report(
                .invalidReference, "\(shown(word)) is no place for secrets", at: node,
                help: ["valid here: \(SecretReference.Source.allCases.map(\.rawValue).joined(separator: ", "))"])
        case .emptyLocator where node.scalar.hasPrefix("${secretsmanager:"):
            report(
                .invalidReference, "the reference names no secret, or no key in it", at: node,
                help: ["such a reference looks like \"${secretsmanager:ID}\" or \"${secretsmanager:ID#key}\""])
        case .emptyLocator:
            report(.invalidReference, "the reference names nothing", at: node, help: [example])
        case .invalidVariableName(let variable):
            report(
                .invalidReference, "\(shown(variable)) cannot be the name of an environment variable", at: node,
                help: ["use letters, digits and '_', and not a digit first"])
        case .unknownPlaceholder(let placeholder):
            report(
                .invalidReference, "\(shown(placeholder)) is no placeholder", at: node,
                help: ["valid here: {name}, {NAME}, {environment}"])
        }
    }

    /// A part of a wrong reference as a message may show it: a short one; a longer one may be the secret itself.
    private func shown(_ part: String) -> String {
        part.utf8.count <= 20 ? "'\(part)'" : "what stands there"
    }

    /// Whether a text names a variable as shells and other tools do, so that it is no secret itself.
    private func looksLikeVariable(_ text: String) -> Bool {
        var name = text[...]
        for start in ["${", "$", "os.environ/", "env:", "env."] where name.hasPrefix(start) {
            name = name.dropFirst(start.count)
            if start == "${" { name = name.hasSuffix("}") ? name.dropLast() : "" }
            return !name.isEmpty
                && name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        }
        return false
    }
}
