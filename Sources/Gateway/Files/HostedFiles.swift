import BotRuntime
import ChatEvents
private import Synchronization

/// The files that bots made, kept for a while so that whoever holds a link can fetch them.
///
/// A link cannot be guessed and is all that is needed: Poe fetches files without a key. Files live in this process
/// only; where several replicas answer for one address, the state store has to hold them.
final class HostedFiles: Sendable {
    /// Bounds on what is kept; the oldest go first.
    struct Limits: Hashable, Sendable {
        var bytes = 256 << 20
        var count = 1024
        /// How long a link is good for.
        var lifetime: Duration = .seconds(3600)
    }

    private struct Entry {
        let file: GeneratedFile
        let expiry: Duration
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Tokens from the oldest on; all live equally long.
        var order: [String] = []
        var bytes = 0

        mutating func removeOldest() {
            let token = order.removeFirst()
            if let entry = entries.removeValue(forKey: token) { bytes -= entry.file.bytes.count }
        }
    }

    private let state = Mutex(State())
    private let limits: Limits
    private let clock: MonotonicClock

    init(limits: Limits = Limits(), clock: MonotonicClock) {
        self.limits = limits
        self.clock = clock
    }

    /// Keeps a file.
    ///
    /// - Returns: The path of its link; nil for a file that is larger than all that may be kept.
    func keep(_ file: GeneratedFile) -> String? {
        guard file.bytes.count <= limits.bytes else { return nil }
        let token = Self.makeToken()
        let now = clock.now()
        state.withLock { state in
            while let oldest = state.order.first,
                state.bytes + file.bytes.count > limits.bytes || state.order.count >= limits.count
                    || (state.entries[oldest].map { $0.expiry <= now } ?? true)
            {
                state.removeOldest()
            }
            state.entries[token] = Entry(file: file, expiry: now + limits.lifetime)
            state.order.append(token)
            state.bytes += file.bytes.count
        }
        return "/files/\(token)/\(file.name)"
    }

    /// The file of a link, or nil when there is none or its time is over.
    func file(token: String, name: String) -> GeneratedFile? {
        let now = clock.now()
        return state.withLock { state in
            guard let entry = state.entries[token], entry.expiry > now, entry.file.name == name else { return nil }
            return entry.file
        }
    }

    /// 160 random bits of the system's generator, which is fit for secrets, in hexadecimal.
    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<40 { bytes.append(digits[Int(generator.next() >> 60)]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
