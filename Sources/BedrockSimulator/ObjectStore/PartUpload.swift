import AWSSigning
import WallClock

/// An object that is put in parts.
///
/// Source: Amazon S3 user guide, "Uploading and copying objects using multipart upload" and its limits.
struct PartUpload: Sendable {
    /// The least that a part has, except the last one.
    static let leastPartBytes = 5 << 20
    /// The numbers that parts may have.
    static let partNumbers = 1...10_000

    /// A part that has come.
    struct Part: Sendable {
        let bytes: [UInt8]
        /// With its quotes.
        let etag: String
        let modified: Timestamp

        init(_ bytes: [UInt8], now: Timestamp) {
            self.bytes = bytes
            etag = "\"\(sha256Hex(bytes).prefix(32))\""
            modified = now
        }
    }

    let id: String
    let bucket: String
    let key: String
    let contentType: String
    let started: Timestamp
    var parts: [Int: Part] = [:]

    /// The bytes of all parts together.
    var byteCount: Int { parts.values.reduce(0) { $0 + $1.bytes.count } }

    /// The whole of the parts that a client names.
    ///
    /// - Parameter named: The numbers and the tags of the parts, in their order.
    /// - Returns: The bytes, and the tag of such an object: one that tells how many parts it had.
    /// - Throws: ``ObjectError`` in the words of S3.
    func joined(_ named: [(number: Int, etag: String)]) throws(ObjectError) -> (bytes: [UInt8], etag: String) {
        guard !named.isEmpty else { throw .malformedXML }
        guard zip(named, named.dropFirst()).allSatisfy({ $0.number < $1.number }) else { throw .invalidPartOrder }
        var bytes: [UInt8] = []
        for (position, name) in named.enumerated() {
            guard let part = parts[name.number], part.etag.filter({ $0 != "\"" }) == name.etag.filter({ $0 != "\"" })
            else { throw .invalidPart }
            guard part.bytes.count >= Self.leastPartBytes || position == named.count - 1 else { throw .partTooSmall }
            bytes += part.bytes
        }
        return (bytes, "\"\(sha256Hex(bytes).prefix(32))-\(named.count)\"")
    }
}

extension ObjectError {
    static let noSuchUpload = ObjectError(
        status: 404, code: "NoSuchUpload",
        message:
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted "
            + "or completed.")
    static let invalidPart = ObjectError(
        status: 400, code: "InvalidPart",
        message: "One or more of the specified parts could not be found. The part may not have been uploaded, or the "
            + "specified entity tag may not match the part's entity tag.")
    static let invalidPartOrder = ObjectError(
        status: 400, code: "InvalidPartOrder",
        message: "The list of parts was not in ascending order. Parts must be ordered by part number.")
    static let partTooSmall = ObjectError(
        status: 400, code: "EntityTooSmall",
        message: "Your proposed upload is smaller than the minimum allowed size")
    static let malformedXML = ObjectError(
        status: 400, code: "MalformedXML",
        message: "The XML you provided was not well-formed or did not validate against our published schema")
    static let wrongChecksum = ObjectError(
        status: 400, code: "BadDigest", message: "The CRC32 you specified did not match what we received.")

    /// A part with a number that no part may have.
    static let invalidPartNumber = ObjectError(
        status: 400, code: "InvalidArgument",
        message: "Part number must be an integer between 1 and 10000, inclusive")
}
