/// A file of the project that the configuration names, with what it held when the project was read.
package struct ConfigFile: Hashable, Sendable {
    /// Where it is, relative to the project's root; its name alone where a stored form tells of it.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The same file with its name alone, as a stored form has it.
    var withoutFolder: ConfigFile { ConfigFile(path: name, bytes: bytes) }

    /// The last part of the path.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
