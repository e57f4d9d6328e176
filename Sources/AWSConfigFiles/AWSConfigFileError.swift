/// Why a shared AWS configuration or credentials file cannot be used.
package struct AWSConfigFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// The line, counted from 1; nil when the file could not be read at all.
    package let line: Int?
    /// What is wrong, as a clause without a full stop; never repeats a value, which may be a secret.
    package let reason: String

    init(path: String, line: Int? = nil, reason: String) {
        self.path = path
        self.line = line
        self.reason = reason
    }

    package var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)" }
}
