import Diagnostics
import Suggestions
import YAMLSource

extension Fix {
    /// Gives a misspelt key its right name, when it is certain which one is meant.
    ///
    /// - Parameters:
    ///   - key: The key as it was written.
    ///   - names: The keys that are valid in its place.
    ///   - path: The keys that lead to its place.
    ///   - fits: Whether what the key holds can be the value of another key.
    /// - Returns: The repair; nil for a key that is right in another place or has another meaning elsewhere, and where
    ///   its value does not fit, the right key is set already or another one is as close to it.
    static func renaming(
        _ key: YAMLNode, toOneOf names: [String], in path: [String], where fits: (String) -> Bool
    ) -> Fix? {
        guard BotSchema.paths(ofKey: key.scalar).isEmpty,
            // `top` may be a model's `top_k` as well as `top_p`.
            let meant = Spelling.certain(for: key.scalar, among: names + FamiliarKey.modelFields),
            names.contains(meant), fits(meant)
        else { return nil }
        let siblings = YAMLEdits(of: key).siblings(of: key)
        // Nobody misspells a key among that many; looking at all of them would take long.
        guard siblings.count <= 100,
            !siblings.contains(where: { Spelling.certain(for: $0, among: names) == meant })
        else { return nil }
        if FamiliarKey.help(for: key.scalar) != nil,
            FamiliarKey.path(for: key.scalar) != (path + [meant]).joined(separator: ".")
        {
            return nil
        }
        return renaming(key, to: meant)
    }

    /// Gives a key another name.
    static func renaming(_ key: YAMLNode, to name: String) -> Fix? {
        YAMLEdits(of: key).renaming(key, to: name).map { Fix("rename '\(key.scalar)' to '\(name)'", edits: [$0]) }
    }

    /// Writes another word in the place of one, when it is certain which one is meant.
    static func replacing(_ node: YAMLNode, withOneOf words: [String]) -> Fix? {
        guard let meant = Spelling.certain(for: node.scalar, among: words) else { return nil }
        return YAMLEdits(of: node).replacing(node, with: .text(meant)).map {
            Fix("write '\(meant)' instead of '\(node.scalar)'", edits: [$0])
        }
    }

    /// Writes `true` or `false` in the place of a word that YAML 1.1 took for it.
    static func replacing(_ node: YAMLNode, with flag: Bool) -> Fix? {
        YAMLEdits(of: node).replacing(node, with: .source("\(flag)")).map {
            Fix("write \(flag) instead of '\(node.scalar)'", edits: [$0])
        }
    }
}
