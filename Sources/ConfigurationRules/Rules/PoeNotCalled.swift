import BotConfiguration
import Diagnostics

/// What an environment says gateways do on Poe's side, where nothing but `botctl sync` calls Poe.
struct PoeNotCalled: Rule {
    let codes: [DiagnosticCode] = [.poeNotCalled]

    func findings(in subject: RuleSubject) -> [Finding] {
        subject.projects.filter { !$0.environment.poe.sync }.flatMap { project in
            let settings = subject.sources.settings.settings(of: project.environment).effective.root
            let charge = settings.setNode("poe", "charge").flatMap { $0.value == .boolean(true) ? $0 : nil }
            return [
                charge.map { finding("'poe.charge' charges nobody", at: $0) },
                settings.setNode("poe", "upload_url").map {
                    finding("nothing is uploaded to 'poe.upload_url'", at: $0)
                },
            ].compactMap(\.self)
        }
    }

    private func finding(_ message: String, at node: ConfigNode) -> Finding {
        Finding(
            .poeNotCalled, "\(message), because 'poe.sync' is not true", at: node.origin,
            help: ["write 'sync: true' beside it if gateways may call Poe, or remove it"])
    }
}
