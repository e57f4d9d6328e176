private import Glibc
package import NIOPosix
import Synchronization

/// Finds the addresses of hosts.
package struct HostResolver: Sendable {
    private let lookUp: @Sendable (String) async throws -> [IPAddress]

    /// A resolver over a function that gives a host's addresses, best first; none for a host that there is not.
    package init(_ lookUp: @escaping @Sendable (String) async throws -> [IPAddress]) {
        self.lookUp = lookUp
    }

    // A name server that does not answer holds a thread for many seconds; behind more of those than this, whoever waits
    // would only be told late that there was no time left.
    private static let limit = 64

    /// The system's resolver on threads of its own, which slow name servers may hold without holding up anything else.
    package static let system: HostResolver = {
        let threads = NIOThreadPool(numberOfThreads: 8)
        threads.start()
        return .system(on: threads, limit: limit)
    }()

    /// The system's resolver, which blocks a thread of the pool as long as it looks.
    ///
    /// Whoever waits for a look-up may be cancelled; one that has not begun is then left out, and one that has cannot
    /// be stopped and keeps its thread until it ends.
    ///
    /// - Parameters:
    ///   - threads: The pool, which is to be started and is not shut down here.
    ///   - limit: How many look-ups may wait or run; a further one fails as `busy`.
    /// - Returns: The resolver; the limit is its own.
    package static func system(on threads: NIOThreadPool, limit: Int) -> HostResolver {
        let places = Places(limit: limit)
        return HostResolver { host in
            guard places.take() else {
                throw AttachmentError(.busy, "\(limit) hosts of attachments are being looked up already")
            }
            let answer = PendingAnswer()
            threads.submit { state in
                let isWanted = state == .active && !answer.isGiven
                let found: Result<[IPAddress], any Error> =
                    isWanted ? .success(addresses(of: host)) : .failure(CancellationError())
                places.giveBack()
                answer.give(found)
            }
            return try await answer.value()
        }
    }

    func addresses(of host: String) async throws -> [IPAddress] {
        if let literal = IPAddress(host) { return [literal] }
        return try await lookUp(host)
    }

    private static func addresses(of host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let address = entry.ai_addr.flatMap({ IPAddress(UnsafeRawPointer($0), family: entry.ai_family) }) {
                addresses.append(address)
            }
            next = entry.ai_next
        }
        return addresses
    }
}

extension IPAddress {
    fileprivate init?(_ address: UnsafeRawPointer, family: Int32) {
        // Where the address is in the structures: ip(7) and ipv6(7) of Linux, as for a socket's address.
        switch family {
        case AF_INET:
            self.init(version4: UInt32(bigEndian: address.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        case AF_INET6:
            self.init(version6: UInt128(bigEndian: address.loadUnaligned(fromByteOffset: 8, as: UInt128.self)))
        default: return nil
        }
    }
}

/// Counts the look-ups that wait or run.
private final class Places: Sendable {
    private let limit: Int
    private let taken = Mutex(0)

    init(limit: Int) { self.limit = limit }

    func take() -> Bool {
        taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
    }

    func giveBack() { taken.withLock { $0 -= 1 } }
}

/// What one look-up finds, for the one who waits for it.
private final class PendingAnswer: Sendable {
    private typealias Answer = Result<[IPAddress], any Error>

    private enum State {
        case open
        case awaited(CheckedContinuation<[IPAddress], any Error>)
        case given(Answer)
    }

    private let state = Mutex(State.open)

    /// Whether there is an answer, or nobody waits any more.
    var isGiven: Bool {
        state.withLock { state in
            if case .given = state { true } else { false }
        }
    }

    /// Gives the answer; only the first one counts.
    func give(_ answer: Result<[IPAddress], any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<[IPAddress], any Error>? in
            switch state {
            case .open:
                state = .given(answer)
                return nil
            case .awaited(let continuation):
                state = .given(answer)
                return continuation
            case .given: return nil
            }
        }
        waiting?.resume(with: answer)
    }

    func value() async throws -> [IPAddress] {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Answer? in
                    if case .given(let answer) = state { return answer }
                    state = .awaited(continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            give(.failure(CancellationError()))
        }
    }
}
