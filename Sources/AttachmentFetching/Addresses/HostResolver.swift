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

    /// The system's resolver, which blocks a thread of the pool as long as it looks.
    ///
    /// Whoever waits for a look-up may be cancelled; the look-up itself cannot, and keeps its thread until it ends.
    package static func system(on threads: NIOThreadPool) -> HostResolver {
        HostResolver { host in
            let answer = PendingAnswer()
            threads.submit { state in
                answer.give(state == .active ? .success(addresses(of: host)) : .failure(CancellationError()))
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
        switch family {
        case AF_INET:
            let bits = address.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
            self.init(version4: UInt32(bigEndian: bits))
        case AF_INET6:
            let host = address.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(version6: UInt128(bigEndian: withUnsafeBytes(of: host) { $0.loadUnaligned(as: UInt128.self) }))
        default: return nil
        }
    }
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
