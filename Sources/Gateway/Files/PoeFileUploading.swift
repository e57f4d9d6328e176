import BotRuntime
import ChatEvents
import Logging
import PoePlatform
import Secrets

/// Brings the files of one answer to Poe, which then shows them from there.
struct PoeFileUploading: Sendable {
    /// How often a file is tried.
    private static let attempts = 2
    /// How long is waited between two tries; the official package waits as long.
    private static let pause: Duration = .milliseconds(500)

    /// Poe's place for files, once it can be called.
    let uploads: Latch<PoeUploads>
    /// Where files are that are not here.
    let files: any FileShelf
    /// The key that Poe called the bot with.
    let accessKey: Secret
    let clock: MonotonicClock
    let logger: Logger

    /// Sends a file and gives its URL; nil for one that Poe did not take, or took too long for.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - keepAlive: Called now and then meanwhile.
    /// - Returns: The URL.
    /// - Throws: What `keepAlive` throws: nobody reads any more.
    func url(of file: GeneratedFile, keepAlive: () async throws -> Void) async throws -> String? {
        do {
            let upload = try await upload(of: file)
            return try await AttendedWait(clock: clock).value(
                until: Latch<Void>(), of: { try await send(upload) }, keepAlive: keepAlive)
        } catch let error as PoePlatformError {
            report(error, file)
        } catch let error as FileShelfError {
            report(error, file)
        }
        return nil
    }

    private func send(_ upload: UploadedFile) async throws -> String {
        let uploads = try await uploads.value()
        var attempt = 1
        while true {
            do {
                return try await uploads.send(upload, accessKey: accessKey)
            } catch let error as PoePlatformError where error.isWorthRetrying && attempt < Self.attempts {
                attempt += 1
                try await clock.sleep(for: Self.pause)
            }
        }
    }

    private func upload(of file: GeneratedFile) async throws -> UploadedFile {
        switch file.content {
        case .bytes(let bytes): return Self.upload(bytes, of: file)
        case .kept(let path, _): return Self.upload(try await shelvedFile(at: path, name: file.name), of: file)
        }
    }

    private func shelvedFile(at path: String, name: String) async throws(FileShelfError) -> ShelvedFile {
        if let key = FileKey(path: path) {
            let kept = try await files.file(key)
            if let kept { return kept }
        }
        throw FileShelfError(.unavailable, "the file \(name) is kept no more")
    }

    private static func upload(_ bytes: [UInt8], of file: GeneratedFile) -> UploadedFile {
        UploadedFile(name: file.name, mediaType: file.mediaType.description, sizeInBytes: bytes.count) { bytes[$0] }
    }

    private static func upload(_ kept: ShelvedFile, of file: GeneratedFile) -> UploadedFile {
        UploadedFile(name: file.name, mediaType: file.mediaType.description, sizeInBytes: kept.size) {
            try kept.read($0)
        }
    }

    private func report(_ error: any Error, _ file: GeneratedFile) {
        logger.warning(
            "a bot's file could not be brought to Poe; the gateway's own link takes its place",
            metadata: ["file.bytes": "\(file.sizeInBytes)", "error.detail": "\(error)"])
    }
}

extension FileKey {
    /// A key from the path of its link.
    fileprivate init?(path: String) {
        let parts = path.split(separator: "/")
        guard parts.count == 3 else { return nil }
        self.init(token: String(parts[1]), name: String(parts[2]))
    }
}
