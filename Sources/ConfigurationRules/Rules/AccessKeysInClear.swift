import BotConfiguration
import Diagnostics
import Secrets

/// Places of an environment to which access keys of bots are sent over a connection that anybody on the way can read.
///
/// What sends the keys refuses such a place on the internet, so no policy makes less of it.
struct AccessKeysInClear: Rule {
    let codes: [DiagnosticCode] = [.keyInClear, .keyInClearWithinNetwork]

    func findings(in subject: RuleSubject) -> [Finding] {
        subject.projects.flatMap { project in
            let settings = subject.sources.settings.settings(of: project.environment).effective.root
            // 'botctl sync' calls Poe whether 'poe.sync' is true or not.
            var keys = [["poe", "base_url"], ["gateway", "url"]]
            if project.environment.poe.sync { keys.append(["poe", "upload_url"]) }
            return keys.compactMap { key in settings.node(at: key).flatMap { finding(about: $0, at: key) } }
        }
    }

    private func finding(about node: ConfigNode, at key: [String]) -> Finding? {
        guard case .text(let url) = node.value, let reach = ClearTextReach(url: url) else { return nil }
        let code: DiagnosticCode
        let readers: String
        let severity: Diagnostic.Severity?
        switch reach {
        case .loopback: return nil
        case .privateNetwork: (code, readers, severity) = (.keyInClearWithinNetwork, "whoever is in that network", nil)
        case .open: (code, readers, severity) = (.keyInClear, "whoever is on the way", .error)
        }
        return Finding(
            code,
            "access keys are sent to '\(key.joined(separator: "."))' without encryption, and \(readers) can read them",
            at: node.origin, help: ["write https://"], fixedSeverity: severity)
    }
}
