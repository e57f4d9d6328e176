import Diagnostics
import Suggestions

/// The codes that a person may name to change or to silence a rule.
enum RuleCode {
    /// The rule that was probably meant by a code that does not exist: codes differ in few characters, so that only
    /// one of them may be wrong.
    static func meant(by text: String) -> DiagnosticCode? {
        let typed = Array(text.uppercased().utf8)
        let rules = DiagnosticCode.allCases.filter(\.isRule)
        let near = rules.filter {
            EditDistance.distance(from: typed, to: Array($0.rawValue.utf8), atMost: 1) != nil
        }
        return rules.first { Array($0.rawValue.utf8) == typed } ?? (near.count == 1 ? near[0] : nil)
    }
}
