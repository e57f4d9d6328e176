import BotConfiguration
import Diagnostics
import Suggestions

/// What `botctl.yaml` says about rules and environments that do not exist.
struct SettingsRules: Rule {
    let codes: [DiagnosticCode] = [.unknownRule, .unknownEnvironment]

    func findings(in subject: RuleSubject) -> [Finding] {
        let settings = subject.sources.settings
        let rules = settings.rules.sorted { $0.key < $1.key }.compactMap { finding(about: $0.key, $0.value) }
        // An environment that is wrong may be the one that is meant.
        let environment = subject.sources.hasBrokenSettings ? nil : defaultEnvironment(settings)
        return rules + [environment].compactMap(\.self)
    }

    private func finding(about code: String, _ node: ConfigNode) -> Finding? {
        let known = DiagnosticCode(rawValue: code)
        guard let known, known.isRule else {
            let meant = known == nil ? RuleCode.meant(by: code) : nil
            let message =
                known == nil ? "there is no rule '\(code)'" : "'\(code)' is no rule: nothing can change its severity"
            return Finding(
                .unknownRule, message, at: node.origin.ofKey(code),
                help: [
                    meant.map { "did you mean '\($0.rawValue)'?" } ?? "'botctl explain CODE' says which codes are rules"
                ])
        }
        guard known == .endOfLife, node.value == .text("error") else { return nil }
        return Finding(
            .unknownChoice, "'\(code)' is never an error: the dates of the catalog may be too early", at: node.origin,
            help: ["valid here: off, warning"])
    }

    private func defaultEnvironment(_ settings: ProjectSettings) -> Finding? {
        let names = settings.environments.map(\.name)
        guard let name = settings.defaultEnvironment, !names.contains(name) else { return nil }
        let meant = Spelling.closest(to: name, among: names)
        return Finding(
            .unknownEnvironment, "'default_environment' names '\(name)', which is no environment",
            at: settings.defaultEnvironmentNode?.origin,
            help: [
                meant.map { "did you mean '\($0)'?" }
                    ?? "environments of this project: \(names.joined(separator: ", "))"
            ])
    }
}

extension Origin {
    /// The place of the key before a value on one line; the value's own where the key stands elsewhere.
    fileprivate func ofKey(_ key: String) -> Origin {
        guard let text else { return self }
        let bytes = Array(key.utf8)
        let line = text.bytes[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        var start = range.lowerBound - bytes.count
        while start >= line {
            if text.bytes[start...].starts(with: bytes) {
                return Origin(layer: layer, text: text, range: start..<start + bytes.count)
            }
            start -= 1
        }
        return self
    }
}
