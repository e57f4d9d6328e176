import Diagnostics

/// The codes that a person may name to change or to silence a rule.
enum RuleCode {
    /// The rule whose code was written in another way, such as `bot55`: nil for a number that there is not, since
    /// rules with numbers near it are about something else.
    static func meant(by text: String) -> DiagnosticCode? {
        let digits = text.dropFirst(3)
        guard text.prefix(3).uppercased() == "BOT", let number = UInt16(digits), digits.first != "+" else { return nil }
        return DiagnosticCode.allCases.first { $0.isRule && UInt16($0.rawValue.dropFirst(3)) == number }
    }
}
