/// Files as commands write them: whole or not at all.
///
/// Paths are absolute, or relative to the working directory of the process.
package protocol FileWriting: Sendable {
    /// Replaces a file, or makes it; a file that is replaced keeps its permissions.
    ///
    /// - Throws: ``FileAccessError``; the old file then stands as it was.
    func write(_ bytes: [UInt8], to path: String) throws(FileAccessError)

    /// Makes a file that must not exist yet.
    ///
    /// - Throws: ``FileAccessError``, with the code `alreadyExists` when it does.
    func create(_ bytes: [UInt8], at path: String) throws(FileAccessError)

    /// Makes a directory and those above it; one that exists is fine.
    ///
    /// - Throws: ``FileAccessError``.
    func createDirectories(_ path: String) throws(FileAccessError)

    /// Removes a file; one that does not exist is fine.
    ///
    /// - Throws: ``FileAccessError``.
    func remove(_ path: String) throws(FileAccessError)
}

extension AtomicFileWriter: FileWriting {}
