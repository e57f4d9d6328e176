package import Diagnostics
import YAMLSource

extension Origin {
    /// The edit that takes the value, with its key, out of its file; see `YAMLEdits` for what it keeps.
    ///
    /// Reads the file once more as YAML, because a value keeps only its place: ask for what is shown.
    ///
    /// - Returns: The edit; nil for a value that stands in no file, or that cannot be taken out without changing more.
    package func removal() -> TextEdit? {
        text.flatMap { YAMLEdits(reading: $0)?.removing(entryWithValueAt: range.lowerBound) }
    }
}
