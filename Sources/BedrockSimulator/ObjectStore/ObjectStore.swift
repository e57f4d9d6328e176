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
    private var partUploads: [PartUpload] = []

    init(limits: SimulatorConfiguration.Limits) { self.limits = limits }

    /// The object, or nil when there is none.
    func object(_ key: String, in bucket: String) -> Object? { buckets[bucket]?[key] }

    /// Puts an object in place of what is there.
    ///
    /// - Parameters:
    ///   - bytes: What it holds.
    ///   - contentType: What it is said to be.
    ///   - key: Where it is put.
    ///   - bucket: The bucket, which is made where there is none.
    ///   - condition: What must hold; nil: nothing.
    ///   - now: The time.
    ///   - etag: Its tag, where that does not follow from the bytes alone.
    /// - Returns: The object.
    /// - Throws: ``ObjectError`` when the condition does not hold or a bound is reached.
    func put(
        _ bytes: [UInt8], contentType: String, at key: String, in bucket: String, if condition: Condition?,
        now: Timestamp, etag: String? = nil
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
        guard count <= limits.objects, total + partBytes <= limits.objectBytes else { throw .full }
        (objectCount, byteCount) = (count, total)
        let tag = etag ?? "\"\(sha256Hex(bytes).prefix(32))\""
        let object = Object(bytes: bytes, contentType: contentType, etag: tag, modified: now)
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

// MARK: - Uploads in parts

extension ObjectStore {
    /// The bytes of parts that wait for the rest.
    private var partBytes: Int { partUploads.reduce(0) { $0 + $1.byteCount } }

    private func index(of id: String, _ place: ObjectRequest) throws(ObjectError) -> Int {
        guard
            let index = partUploads.firstIndex(where: {
                $0.id == id && $0.bucket == place.bucket && $0.key == place.key
            })
        else { throw .noSuchUpload }
        return index
    }

    /// Starts an upload and tells its id.
    ///
    /// - Throws: ``ObjectError`` when too many are under way.
    func startUpload(
        id: String, to place: ObjectRequest, contentType: String, now: Timestamp
    ) throws(ObjectError) -> String {
        guard partUploads.count < limits.uploads else { throw .full }
        partUploads.append(
            PartUpload(id: id, bucket: place.bucket, key: place.key, contentType: contentType, started: now))
        return id
    }

    /// Takes a part in place of one of the same number and tells its tag.
    ///
    /// - Throws: ``ObjectError`` when there is no such upload or a bound is reached.
    func putPart(
        _ number: Int, _ part: PartUpload.Part, of id: String, to place: ObjectRequest
    ) throws(ObjectError) -> String {
        let index = try index(of: id, place)
        let old = partUploads[index].parts[number]?.bytes.count ?? 0
        guard byteCount + partBytes - old + part.bytes.count <= limits.objectBytes else { throw .full }
        partUploads[index].parts[number] = part
        return part.etag
    }

    /// Puts the parts together in place of what is there.
    ///
    /// - Throws: ``ObjectError`` when a part is not there, too small or out of order, the condition does not hold, or a
    ///   bound is reached; the upload then goes on.
    func completeUpload(
        _ id: String, _ named: [(number: Int, etag: String)], to place: ObjectRequest, if condition: Condition?,
        now: Timestamp
    ) throws(ObjectError) -> Object {
        let index = try index(of: id, place)
        let whole = try partUploads[index].joined(named)
        // The parts make room for what is made of them.
        let upload = partUploads.remove(at: index)
        do throws(ObjectError) {
            return try put(
                whole.bytes, contentType: upload.contentType, at: upload.key, in: upload.bucket, if: condition,
                now: now,
                etag: whole.etag)
        } catch {
            partUploads.append(upload)
            throw error
        }
    }

    /// Gives an upload up.
    ///
    /// - Throws: ``ObjectError`` when there is no such upload.
    func abortUpload(_ id: String, to place: ObjectRequest) throws(ObjectError) {
        partUploads.remove(at: try index(of: id, place))
    }

    /// The parts that have come, by number.
    ///
    /// - Throws: ``ObjectError`` when there is no such upload.
    func parts(of id: String, to place: ObjectRequest) throws(ObjectError) -> [(number: Int, part: PartUpload.Part)] {
        let index = try index(of: id, place)
        return partUploads[index].parts.sorted { $0.key < $1.key }.map { (number: $0.key, part: $0.value) }
    }

    /// The uploads to a bucket that are under way.
    func uploads(to bucket: String) -> [PartUpload] { partUploads.filter { $0.bucket == bucket } }
}
