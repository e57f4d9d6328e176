package import ChatEvents

/// Where the files that bots made are kept until clients have fetched them, for as long as their links are good.
package protocol FileShelf: Sendable {
    /// Makes sure that there is room for another file of that size.
    ///
    /// - Throws: ``FileShelfError`` with the code `full` where there is none.
    func makeRoom(forBytes size: Int) async throws(FileShelfError)

    /// Begins a file that comes in pieces.
    ///
    /// - Parameter name: The name that clients see.
    /// - Returns: The file, which nobody can fetch before it is finished.
    /// - Throws: ``FileShelfError``.
    func begin(_ name: String) async throws(FileShelfError) -> any ShelfDraft

    /// The file of a key; nil when there is none or its time is over.
    ///
    /// - Throws: ``FileShelfError`` when nobody can say.
    func file(_ key: FileKey) async throws(FileShelfError) -> ShelvedFile?

    /// Removes what nobody may fetch any more; to be called from time to time.
    func sweep() async
}

/// A file on its way into a shelf.
package protocol ShelfDraft: Sendable {
    /// Adds the next piece.
    ///
    /// - Throws: ``FileShelfError``, with the code `full` when there is no room for it.
    func append(_ bytes: some Collection<UInt8> & Sendable) async throws(FileShelfError)

    /// Ends the file; from now on it can be fetched.
    func finish() async throws(FileShelfError) -> FileKey

    /// Gives the file up; nothing happens after ``finish()``.
    func discard() async
}

extension FileShelf {
    /// Keeps a file, unless it is kept already.
    ///
    /// - Returns: The path of its link.
    /// - Throws: ``FileShelfError``.
    package func link(to file: GeneratedFile) async throws(FileShelfError) -> String {
        switch file.content {
        case .bytes(let bytes): try await keep(bytes, named: file.name).path
        case .kept(let path, _): path
        }
    }

    /// Keeps a whole file.
    ///
    /// - Returns: What it is found by.
    /// - Throws: ``FileShelfError``.
    package func keep(_ bytes: [UInt8], named name: String) async throws(FileShelfError) -> FileKey {
        try await makeRoom(forBytes: bytes.count)
        let draft = try await begin(name)
        do throws(FileShelfError) {
            try await draft.append(bytes)
            return try await draft.finish()
        } catch {
            await draft.discard()
            throw error
        }
    }
}

/// Why a file could not be kept or read.
package struct FileShelfError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// As much is kept as may be; files go with time.
        case full
        /// The place where files are kept does not work.
        case unavailable
    }

    package let code: Code
    /// What failed, for the log.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension ChatFailure {
    /// The failure of an answer whose file has no place.
    init(_ error: FileShelfError) {
        self.init(error.code == .full ? .overloaded : .internalError, detail: error.description)
    }
}
