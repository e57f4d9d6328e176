import ChatEvents
package import FileAccess
import JSONCoding
package import PoeProtocol

/// A file of this machine that goes with a question.
///
/// It travels within the question, as a `data:` URL: a gateway fetches nothing from this machine.
package struct AttachedFile: Hashable, Sendable {
    /// The most bytes that all files of a question may have: in base64 they stay below what a gateway takes unless it
    /// is told otherwise, 10 MiB, with room for the conversation.
    package static let sizeLimitInBytes = 7_000_000
    /// The most files of a question.
    package static let countLimit = 20

    /// The file as the bot gets it.
    package let attachment: PoeAttachment

    /// Reads files; their types are told by their first bytes, and for texts by their names.
    ///
    /// - Parameters:
    ///   - paths: Each with how the person wrote it, for messages.
    ///   - files: How they are read.
    /// - Returns: The files in their order.
    /// - Throws: ``AttachedFileError``.
    package static func read(
        _ paths: [(written: String, path: String)], with files: any FileReading
    ) throws(AttachedFileError) -> [AttachedFile] {
        guard paths.count <= countLimit else {
            throw AttachedFileError(reason: "\(paths.count) files are attached, and a question takes \(countLimit)")
        }
        var room = sizeLimitInBytes
        var read: [AttachedFile] = []
        for (written, path) in paths {
            let bytes: [UInt8]
            do {
                bytes = try files.read(path, limitInBytes: room)
            } catch  where error.code == .tooLarge {
                throw AttachedFileError(
                    reason: "'\(written)' is too large: the files of a question have at most "
                        + "\(sizeLimitInBytes / 1_000_000) MB together")
            } catch {
                throw AttachedFileError(reason: "cannot read '\(written)': \(error.reason)")
            }
            guard !bytes.isEmpty else { throw AttachedFileError(reason: "'\(written)' is empty") }
            room -= bytes.count
            read.append(AttachedFile(bytes, name: path.split(separator: "/").last.map(String.init) ?? written))
        }
        return read
    }

    private init(_ bytes: [UInt8], name: String) {
        let type = FileType.look(at: bytes, declared: MediaType(""), name: name).description
        attachment = PoeAttachment(
            url: "data:\(type);base64,\(Base64.encode(bytes))", contentType: type, name: name)
    }
}

/// A file that cannot go with a question.
package struct AttachedFileError: Error, Hashable, Sendable {
    /// Which file and why, as a sentence without a full stop.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}
