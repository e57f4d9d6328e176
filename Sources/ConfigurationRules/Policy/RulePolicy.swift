import BotConfiguration
import Diagnostics

/// How grave each rule is in a project.
struct RulePolicy {
    /// The severities that `rules` of `botctl.yaml` sets; nil for a rule that is off.
    private let severities: [DiagnosticCode: Diagnostic.Severity?]
    private let isStrict: Bool

    init(_ settings: ProjectSettings, _ options: ConfigurationCheck.Options) {
        var severities: [DiagnosticCode: Diagnostic.Severity?] = [:]
        for (name, node) in settings.rules {
            guard let code = DiagnosticCode(rawValue: name), code.isRule, case .text(let word) = node.value else {
                continue
            }
            severities[code] = .some(Diagnostic.Severity(rawValue: word))
        }
        if options.allowsUnknownModels { severities[.unknownModel] = .some(nil) }
        // Its dates may be too early.
        if case .some(.some(.error)) = severities[.endOfLife] { severities[.endOfLife] = .warning }
        self.severities = severities
        isStrict = options.isStrict
    }

    /// The severity of a diagnostic, or nil when it is not to be shown.
    ///
    /// - Parameters:
    ///   - diagnostic: The diagnostic with the severity of its code.
    ///   - isFixed: Whether what it is about asks for its severity itself.
    /// - Returns: The severity.
    func severity(of diagnostic: Diagnostic, isFixed: Bool) -> Diagnostic.Severity? {
        let code = diagnostic.code
        var severity = diagnostic.severity
        if !isFixed, let set = severities[code] {
            guard let set else { return nil }
            severity = set
        }
        return isStrict && severity == .warning && code != .endOfLife ? .error : severity
    }
}
