import FileAccess
private import Synchronization

/// An object store in a directory: each object a file of the key's name.
///
/// A file is written beside its place and renamed into it after an fsync, and conditional writes take turns under a
/// lock that ends with its process. So a process that is killed leaves whole objects only; what it left unfinished is
/// removed by a later write. The directory must be on a file system of the machine, not on one where locks are local
/// and files are not.
package final class FileObjectStore: ObjectStore {
    private static let lockName = ".lock"
    /// Unfinished files of this age belong to nobody any more.
    private static let staleAgeInSeconds = 3600

    private let root: String
    private let files = LocalFiles()
    private let writer = AtomicFileWriter()
    /// The folders that this process has looked through for unfinished files.
    private let sweptFolders = Mutex<Set<String>>([])

    /// A store in a directory, which is made with the first write.
    ///
    /// - Parameter directory: Absolute, or relative to the working directory.
    package init(directory: String) { root = directory }

    package var location: String { root }
    package var directory: String? { root }

    package func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject? {
        try read(key, limitInBytes: limitInBytes).map { StoredObject(bytes: $0, tag: VersionTag(of: $0)) }
    }

    package func write(
        _ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition
    ) async throws -> WriteResult {
        try prepareFolder(of: key)
        do {
            return try await FileLock(path: "\(root)/\(Self.lockName)").withLock {
                switch condition {
                case .absent:
                    guard files.kind(of: path(of: key)) == nil else { return .conflict }
                case .matches(let tag):
                    guard let current = try read(key, limitInBytes: .max), VersionTag(of: current) == tag else {
                        return .conflict
                    }
                }
                try writer.write(bytes, to: path(of: key))
                return .written(VersionTag(of: bytes))
            }
        } catch let error as FileAccessError {
            throw StateStoreError(error)
        }
    }

    package func put(_ bytes: [UInt8], to key: ObjectKey) async throws {
        try prepareFolder(of: key)
        do {
            try writer.write(bytes, to: path(of: key))
        } catch {
            throw StateStoreError(error)
        }
    }

    package func delete(_ key: ObjectKey) async throws {
        do {
            try writer.remove(path(of: key))
        } catch {
            // Without its folder there is no object either.
            guard error.code == .notADirectory, files.kind(of: path(of: key)) == nil else {
                throw StateStoreError(error)
            }
        }
    }

    package func list(_ folder: ObjectKey) async throws -> [ObjectKey] {
        do {
            return try files.entries(of: path(of: folder))
                .compactMap { folder.appending($0) }
                .filter { files.kind(of: path(of: $0)) == .file }
                .sorted()
        } catch {
            guard error.code == .notFound else { throw StateStoreError(error) }
            return []
        }
    }

    private func path(of key: ObjectKey) -> String { "\(root)/\(key.text)" }

    private func read(_ key: ObjectKey, limitInBytes: Int) throws -> [UInt8]? {
        do {
            return try files.read(path(of: key), limitInBytes: limitInBytes)
        } catch {
            switch error.code {
            case .notFound: return nil
            case .tooLarge: throw StateStoreError.tooLarge(key, limitInBytes: limitInBytes)
            case .permissionDenied, .isDirectory, .notADirectory, .alreadyExists, .linkLoop, .noSpace, .other:
                throw StateStoreError(error)
            }
        }
    }

    /// Makes the folder of a key and clears away, once for each folder, what killed processes left in it.
    private func prepareFolder(of key: ObjectKey) throws {
        let parts = key.text.split(separator: "/").dropLast()
        let folder = ([root] + parts.map(String.init)).joined(separator: "/")
        do {
            try writer.createDirectories(folder)
        } catch {
            throw StateStoreError(error)
        }
        guard sweptFolders.withLock({ $0.insert(folder).inserted }) else { return }
        writer.removeStaleTemporaries(in: folder, olderThan: Self.staleAgeInSeconds)
    }
}

extension StateStoreError {
    /// A file of the store that could not be read or written.
    fileprivate init(_ error: FileAccessError) {
        let hint: String? =
            switch error.code {
            case .permissionDenied: "check who owns the directory of the state store, and as whom botctl runs"
            case .noSpace: "make room on the disk, then try again; what is deployed is unchanged"
            case .notADirectory, .isDirectory: "something else is in the way in the directory of the state store"
            case .notFound, .tooLarge, .alreadyExists, .linkLoop, .other: nil
            }
        self.init(.unavailable, error.description, hint: hint, cause: error)
    }
}
