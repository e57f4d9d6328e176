import BotConfiguration
import Diagnostics

/// A comment that was meant to silence rules and silences none, because its first word is written in another way:
/// `# botctl: ignore BOT062`, `# botctl-ignore BOT062`, `# BOTCTL:IGNORE BOT062`.
struct MisspeltSuppression {
    /// The comment as it should be.
    let correction: String

    /// nil for a comment that means something else; one that speaks of botctl without a code and without a sign of a
    /// directive is for people.
    init?(_ comment: String) {
        let text = comment.drop { $0 == "#" || $0.isWhitespace }
        let name = text.prefix(6)
        guard name.lowercased() == "botctl" else { return nil }
        let joint = text.dropFirst(6).prefix { !$0.isLetter && !$0.isNumber }
        let words = text.dropFirst(6 + joint.count)
            .split(whereSeparator: { $0.isWhitespace || ",:=()[]".contains($0) })
        guard let verb = words.first?.lowercased(), verb.hasPrefix("ignore") else { return nil }
        var rest = words.dropFirst().prefix { $0 != "--" }
        var isFile = ["ignore-file", "ignore_file", "ignorefile"].contains(verb)
        if verb == "ignore", rest.first?.lowercased() == "file" {
            isFile = true
            rest = rest.dropFirst()
        }
        let codes = rest.compactMap { RuleCode.meant(by: String($0))?.rawValue }
        let isDirective = !joint.isEmpty && !joint.contains(where: \.isWhitespace) && (verb == "ignore" || isFile)
        guard isDirective || !codes.isEmpty else { return nil }
        let directive = Suppression.directive + (isFile ? "-file" : "")
        correction = "# \(directive) \((codes.isEmpty ? ["BOT062"] : codes).joined(separator: ", "))"
    }

    /// What to say of it.
    func finding(at origin: Origin) -> Finding {
        Finding(
            .invalidSuppression, "the comment silences nothing: it must start with '\(Suppression.directive)'",
            at: origin, help: ["write '\(correction)'"])
    }
}
