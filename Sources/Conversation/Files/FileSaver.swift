package import FileAccess
package import PoeProtocol

/// Puts the files of answers into a folder.
package struct FileSaver: Sendable {
    /// How many names are tried for a file whose own is taken.
    private static let nameAttempts = 1000
    private static let nameLimitInCharacters = 100

    private let directory: String
    private let writer: any FileWriting
    private let client: PoeClient
    private let sizeLimitInBytes: Int

    /// A saver.
    ///
    /// - Parameters:
    ///   - directory: Where the files go; it is made when the first one does.
    ///   - writer: How they are written.
    ///   - client: What fetches them.
    ///   - sizeLimitInBytes: The largest file that is kept; of a larger one, nothing is.
    package init(
        to directory: String, writer: any FileWriting, client: PoeClient,
        sizeLimitInBytes: Int = PoeClient.fileLimitInBytes
    ) {
        self.directory = directory
        self.writer = writer
        self.client = client
        self.sizeLimitInBytes = sizeLimitInBytes
    }

    /// Fetches a file and writes it under its name, or one with a number where that is taken.
    ///
    /// - Returns: The path.
    /// - Throws: ``PoeClientError``, `FileAccessError`, `CancellationError`.
    package func save(_ file: PoeFile) async throws -> String {
        let bytes = try await client.fetchFile(
            file.url, sizeLimitInBytes: sizeLimitInBytes,
            timeouts: PoeClientTimeouts(idle: .seconds(30), total: .seconds(600)))
        try writer.createDirectories(directory)
        let name = Self.safeName(of: file)
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        for number in 1...Self.nameAttempts {
            let path = "\(directory)/\(name[..<dot])" + (number == 1 ? "" : "-\(number)") + name[dot...]
            if try create(bytes, at: path) { return path }
        }
        throw FileAccessError(
            code: .alreadyExists, path: directory,
            description: "writing \(name): \(directory) holds too many files of that name")
    }

    /// Makes a file; false where something has the name already.
    private func create(_ bytes: [UInt8], at path: String) throws(FileAccessError) -> Bool {
        do {
            try writer.create(bytes, at: path)
        } catch {
            guard error.code == .alreadyExists else { throw error }
            return false
        }
        return true
    }

    /// A name without a way into other folders, and without what a shell or a terminal would obey.
    static func safeName(of file: PoeFile) -> String {
        let last = file.name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let allowed = last.unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._- ".unicodeScalars.contains(scalar)
        }
        let name = String(String.UnicodeScalarView(allowed)).drop { $0 == "." || $0 == "-" || $0 == " " }
        return name.isEmpty ? "file" : String(name.suffix(nameLimitInCharacters))
    }
}
