import JSONCoding
package import WallClock

/// The turn of somebody who deploys.
///
/// It is a courtesy, so that people wait for each other; what keeps the manifest
/// whole is its conditional write.
package struct Lease: Hashable, Sendable {
    static let format = 1

    /// How long a turn lasts unless it is renewed.
    package static let duration: Duration = .seconds(15)

    /// Who has the turn, as people know them: "ana on build-3".
    package var holder: String
    /// A random text of the process that has the turn.
    package var token: String
    /// When the turn ends by itself.
    package var until: Timestamp

    package init(holder: String, token: String, until: Timestamp) {
        self.holder = holder
        self.token = token
        self.until = until
    }
}

extension Lease {
    var encoded: [UInt8] {
        let value: JSONValue = [
            "format": .integer(Self.format), "holder": .string(holder), "token": .string(token),
            "until": .string(until.iso8601),
        ]
        return value.recordBytes
    }

    /// Reads a stored lease; nil for what is none, since a courtesy must not stand in anybody's way for ever.
    init?(decoding bytes: [UInt8]) {
        guard let record = try? StoredRecord(bytes, subject: "lease", format: Self.format),
            let holder = try? record.string("holder"), let token = try? record.string("token"),
            let until = try? record.timestamp("until")
        else { return nil }
        self.init(holder: holder, token: token, until: until)
    }
}

/// What came of asking for the lease.
package enum LeaseResult: Hashable, Sendable {
    /// It is ours until it ends.
    case acquired(Lease)
    /// Somebody else has it.
    case held(by: Lease)
}

extension StateStore {
    /// Takes the lease when it is free, has ended, or is this token's own already.
    ///
    /// - Parameters:
    ///   - holder: Who asks, as people know them.
    ///   - token: A random text of this process.
    ///   - now: The time.
    /// - Returns: The lease, or whose it is.
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package func acquireLease(holder: String, token: String, now: Timestamp) async throws -> LeaseResult {
        // The turn ends on a whole second, as it is stored.
        let lease = Lease(
            holder: holder, token: token,
            until: Timestamp(iso8601: now.advanced(by: Lease.duration).iso8601) ?? now.advanced(by: Lease.duration))
        for _ in 0..<leaseAttempts {
            let object = try await objects.get(.lease, limitInBytes: Self.recordLimitInBytes)
            if let current = object.flatMap({ Lease(decoding: $0.bytes) }), current.token != token, current.until > now,
                current.until <= now.advanced(by: Lease.duration * 2)
            {
                return .held(by: current)
            }
            let condition = object.map { WriteCondition.matches($0.tag) } ?? .absent
            if case .written = try await objects.write(lease.encoded, to: .lease, if: condition) {
                return .acquired(lease)
            }
        }
        throw StateStoreError(.unavailable, "the lease of \(location) changes faster than it can be taken")
    }

    /// Lets the next one in, if the lease still is this token's.
    ///
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package func releaseLease(token: String, now: Timestamp) async throws {
        guard let object = try await objects.get(.lease, limitInBytes: Self.recordLimitInBytes),
            var lease = Lease(decoding: object.bytes), lease.token == token
        else { return }
        // A lease that has ended in place of a deleted one: a delete cannot be made conditional everywhere.
        lease.until = Timestamp(
            millisecondsSinceEpoch: min(now.millisecondsSinceEpoch, lease.until.millisecondsSinceEpoch))
        _ = try await objects.write(lease.encoded, to: .lease, if: .matches(object.tag))
    }

    /// How often taking the lease is tried while others take it in the same moment.
    private var leaseAttempts: Int { 8 }
}
