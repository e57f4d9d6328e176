/// A named set of properties of the shared files.
///
/// Values may be secrets: no description shows them.
package struct AWSProfile: Hashable, Sendable {
    /// The name, as the files have it.
    package let name: String
    private var properties: [String: Property] = [:]

    private struct Property: Hashable {
        let value: String
        let file: AWSConfigFileKind
    }

    /// Makes a profile of properties of one file; names in lower case.
    package init(name: String, properties: [String: String] = [:], from file: AWSConfigFileKind = .config) {
        self.name = name
        merge(properties, from: file)
    }

    /// The value of a property, as it stands in the file; nil when neither file has it.
    package subscript(key: String) -> String? { properties[key]?.value }

    /// The value of a property, or nil when it is absent or empty.
    package func nonEmpty(_ key: String) -> String? { self[key].flatMap { $0.isEmpty ? nil : $0 } }

    /// Which file a property is from; nil when neither has it.
    package func file(of key: String) -> AWSConfigFileKind? { properties[key]?.file }

    /// The names of all properties, in no order.
    package var keys: some Collection<String> { properties.keys }

    /// A property of a nested block such as `s3 =` with indented lines below it.
    package func nested(_ key: String, _ name: String) -> String? {
        for line in self[key]?.split(separator: "\n") ?? [] {
            guard let equals = line.firstIndex(of: "=") else { continue }
            if trimmed(line[..<equals]).lowercased() == name {
                return String(trimmed(line[line.index(after: equals)...]))
            }
        }
        return nil
    }

    /// Adds the properties of a file, in place of those of the same names.
    mutating func merge(_ other: [String: String], from file: AWSConfigFileKind) {
        for (key, value) in other where isIdentifier(key) { properties[key] = Property(value: value, file: file) }
    }
}

extension AWSProfile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "AWSProfile(\(name))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// One of the two shared files.
package enum AWSConfigFileKind: Hashable, Sendable {
    /// `~/.aws/config`: its profiles are `[profile NAME]` or `[default]`.
    case config
    /// `~/.aws/credentials`: its profiles are `[NAME]`.
    case credentials
}

/// Whether a text can name a profile or a property.
func isIdentifier(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_/.%@:+".utf8.contains(byte)
        }
}
