import BotConfiguration
import ChatEvents
import PoeProtocol

/// Whether an answer brought the file that a case asks for: it is fetched as Poe would, without a key.
struct SmokeFileCheck {
    let client: PoeClient
    let timeouts: PoeClientTimeouts

    /// Enough of a file to tell what it is.
    private static let headLimitInBytes = 64

    /// Looks at the first file.
    ///
    /// - Throws: `CancellationError`.
    func judge(_ files: [PoeFile], wanted: SmokeFile) async throws -> SmokeFinding {
        guard let file = files.first else {
            return SmokeFinding(result: .fail, reason: "expected a file of the sort '\(wanted.rawValue)', got none")
        }
        do {
            let head = try await client.fetchHead(of: file.url, byteCount: Self.headLimitInBytes, timeouts: timeouts)
            guard Self.sort(of: head) == wanted else {
                return SmokeFinding(
                    result: .fail,
                    reason:
                        "expected a file of the sort '\(wanted.rawValue)', and '\(file.name)' (\(file.contentType)) is none"
                )
            }
            return SmokeFinding(result: .pass)
        } catch let error as PoeClientError {
            return SmokeFinding(result: .fail, reason: "the file '\(file.name)' cannot be fetched: \(error.message)")
        }
    }

    /// What a file is by its first bytes; nil for what is no picture and no video.
    private static func sort(of head: [UInt8]) -> SmokeFile? {
        switch FileType.signature(of: head)?.sort {
        case .image: .image
        case .video: .video
        case .audio, .document, .other, nil: nil
        }
    }
}
