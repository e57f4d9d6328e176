import BotConfiguration
import Diagnostics

extension Finding {
    /// How a finding can be put right without asking anybody.
    enum Repair: Sendable, Hashable {
        /// The value that it is about goes, with its key; found only when it is shown.
        case removeValue(path: String)
        /// Edits that are known already.
        case make(Fix)
    }

    /// The repair as edits; nil where none is safe.
    ///
    /// May read the file once more as YAML.
    var fix: Fix? {
        switch repair {
        case .removeValue(let path): origin?.removal().map { Fix("remove '\(path)'", edits: [$0]) }
        case .make(let fix): fix
        case nil: nil
        }
    }
}
