import BotConfiguration
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

    /// What a file is by its first bytes; nil for what is no picture or video that bots make.
    private static func sort(of head: [UInt8]) -> SmokeFile? {
        let isPNG = head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        let isWebP = head.starts(with: Array("RIFF".utf8)) && head.dropFirst(8).starts(with: Array("WEBP".utf8))
        if isPNG || isWebP || head.starts(with: [0xFF, 0xD8, 0xFF]) { return .image }
        // Source: ISO/IEC 14496-12, section 4.3: a file begins with its `ftyp` box.
        return head.dropFirst(4).starts(with: Array("ftyp".utf8)) ? .video : nil
    }
}
