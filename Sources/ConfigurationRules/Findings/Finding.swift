import BotConfiguration
import Diagnostics

/// What a rule found: a diagnostic whose place has not been looked up yet, because many are never shown.
struct Finding: Sendable {
    /// Another place or fact that explains the finding.
    struct Note: Sendable {
        let message: String
        let origin: Origin?

        init(_ message: String, at origin: Origin? = nil) {
            self.message = message
            self.origin = origin
        }
    }

    let code: DiagnosticCode
    let message: String
    /// Where the person wrote it.
    let origin: Origin?
    /// The file, for what has no place.
    let file: String?
    let help: [String]
    let notes: [Note]
    /// A severity that no policy changes; nil for the code's own, which a policy may change.
    let fixedSeverity: Diagnostic.Severity?
    /// How it can be put right; nil where a person must.
    let repair: Repair?
    /// The environment in which it holds; nil when environments have nothing to do with it.
    var environment: String?

    init(
        _ code: DiagnosticCode, _ message: String, at origin: Origin?, file: String? = nil, help: [String] = [],
        notes: [Note] = [], fixedSeverity: Diagnostic.Severity? = nil, repair: Repair? = nil
    ) {
        self.code = code
        self.message = message
        self.origin = origin
        self.file = file
        self.help = help
        self.notes = notes
        self.fixedSeverity = fixedSeverity
        self.repair = repair
    }

    /// The diagnostic, with places looked up.
    var diagnostic: Diagnostic {
        Diagnostic(
            code, message, at: origin?.location, severity: fixedSeverity, file: file ?? origin?.text?.name, help: help,
            notes: notes.map { Diagnostic.Note($0.message, at: $0.origin?.location) }, fix: fix)
    }
}
