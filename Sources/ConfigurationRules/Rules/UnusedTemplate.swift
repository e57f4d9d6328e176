import BotConfiguration
import Diagnostics

/// A template that lies beneath no bot; those that botctl takes by itself are exempt.
struct UnusedTemplate: Rule {
    let codes: [DiagnosticCode] = [.unusedTemplate]

    func findings(in subject: RuleSubject) -> [Finding] {
        guard subject.knowsAllBots else { return [] }
        var used = Set(BotKind.allCases.map(ProjectSources.defaultTemplate))
        for file in subject.sources.botFiles {
            if case .text(let name)? = file.layer?.fields["template"]?.value { used.insert(name) }
        }
        // A bot that names a template wrongly may mean any.
        guard used.isSubset(of: subject.sources.templateNames + BotKind.allCases.map(ProjectSources.defaultTemplate))
        else { return [] }
        return subject.sources.templates.sorted { $0.key < $1.key }.compactMap { name, template in
            guard !used.contains(name), !template.isBroken else { return nil }
            let start = template.start.lowerBound
            return Finding(
                .unusedTemplate, "no bot uses the template '\(name)'",
                at: Origin(layer: .template, text: template.text, range: start..<start), help: ["remove the file"])
        }
    }
}
