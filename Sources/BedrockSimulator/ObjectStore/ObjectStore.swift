import AWSSigning
import WallClock

/// A small S3: buckets come to be with their first object.
///
/// Bounded in objects and bytes; past a bound nothing more is put.
actor ObjectStore {
    /// An object.
    struct Object: Sendable, Hashable {
        let bytes: [UInt8]
        let contentType: String
        /// Opaque, with its quotes.
        let etag: String
        let modified: Timestamp
    }

    /// A condition on what is there.
    enum Condition: Sendable, Hashable {
        /// Nothing may be there.
        case isAbsent
        /// An object with that tag must be there.
        case matches(etag: String)
    }

    private let limits: SimulatorConfiguration.Limits
    private var buckets: [String: [String: Object]] = [:]
    private var objectCount = 0
    private var byteCount = 0

    init(limits: SimulatorConfiguration.Limits) { self.limits = limits }

    /// The object, or nil when there is none.
    func object(_ key: String, in bucket: String) -> Object? { buckets[bucket]?[key] }

    /// Puts an object in place of what is there.
    ///
    /// - Throws: ``ObjectError`` when the condition does not hold or a bound is reached.
    func put(
        _ bytes: [UInt8], contentType: String, at key: String, in bucket: String, if condition: Condition?,
        now: Timestamp
    ) throws(ObjectError) -> Object {
        let old = buckets[bucket]?[key]
        switch condition {
        case .isAbsent where old != nil: throw .preconditionFailed
        case .matches(let etag):
            guard let old else { throw .noSuchKey }
            guard old.etag == etag else { throw .preconditionFailed }
        case .isAbsent, nil: break
        }
        let count = objectCount + (old == nil ? 1 : 0)
        let total = byteCount + bytes.count - (old?.bytes.count ?? 0)
        guard count <= limits.objects, total <= limits.objectBytes else { throw .full }
        (objectCount, byteCount) = (count, total)
        let tag = sha256Hex(bytes).prefix(32)
        let object = Object(bytes: bytes, contentType: contentType, etag: "\"\(tag)\"", modified: now)
        buckets[bucket, default: [:]][key] = object
        return object
    }

    /// Takes an object away; there need be none.
    func delete(_ key: String, in bucket: String) {
        guard let old = buckets[bucket]?.removeValue(forKey: key) else { return }
        objectCount -= 1
        byteCount -= old.bytes.count
    }

    /// The objects whose keys begin with a prefix, in the order of their bytes.
    ///
    /// - Parameters:
    ///   - prefix: The beginning of the keys.
    ///   - bucket: The bucket.
    ///   - start: Only keys behind this one.
    /// - Returns: Keys and objects, or nil when the bucket has never had an object.
    func list(prefix: String, in bucket: String, after start: String?) -> [(key: String, object: Object)]? {
        buckets[bucket].map { objects in
            objects.filter { key, _ in
                key.hasPrefix(prefix) && (start.map { $0.utf8.lexicographicallyPrecedes(key.utf8) } ?? true)
            }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (key: $0.key, object: $0.value) }
        }
    }

    /// Makes a bucket that is empty.
    func makeBucket(_ name: String) { if buckets[name] == nil { buckets[name] = [:] } }
}
