/// The answer of ListObjectsV2.
///
/// Source: Amazon S3 API reference, ListObjectsV2, response syntax.
struct ObjectListing: Sendable {
    let bucket: String
    let prefix: String
    /// Keys that share a beginning up to this text are told as one prefix.
    let delimiter: String?
    /// The most keys and prefixes of one answer.
    let most: Int
    /// Whether keys are percent-encoded.
    let isEncoded: Bool
    let objects: [(key: String, object: ObjectStore.Object)]

    /// The answer as XML.
    var xml: String {
        var contents = ""
        var prefixes: [String] = []
        var (count, last) = (0, "")
        var isTruncated = false
        for (key, object) in objects {
            let common = commonPrefix(of: key)
            if let common, prefixes.last == common {
                last = key
                continue
            }
            guard count < most else {
                isTruncated = true
                break
            }
            count += 1
            last = key
            if let common {
                prefixes.append(common)
            } else {
                contents += """
                    <Contents><Key>\(text(key))</Key><LastModified>\(object.modified.iso8601Milliseconds)</LastModified>\
                    <ETag>\(XMLText.escaped(object.etag))</ETag><Size>\(object.bytes.count)</Size>\
                    <StorageClass>STANDARD</StorageClass></Contents>
                    """
            }
        }
        let token = isTruncated ? Base64.encoded(Array(last.utf8)) : nil
        let common = prefixes.map { "<CommonPrefixes><Prefix>\(text($0))</Prefix></CommonPrefixes>" }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>\(XMLText.escaped(bucket))</Name>\
            <Prefix>\(text(prefix))</Prefix><KeyCount>\(count)</KeyCount><MaxKeys>\(most)</MaxKeys>\
            \(delimiter.map { "<Delimiter>\(text($0))</Delimiter>" } ?? "")\
            \(isEncoded ? "<EncodingType>url</EncodingType>" : "")\
            <IsTruncated>\(isTruncated)</IsTruncated>\
            \(token.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? "")\
            \(contents)\(common)</ListBucketResult>
            """
    }

    private func commonPrefix(of key: String) -> String? {
        guard let delimiter, !delimiter.isEmpty else { return nil }
        let rest = key.dropFirst(prefix.count)
        guard let end = rest.firstRange(of: delimiter) else { return nil }
        return prefix + rest[..<end.upperBound]
    }

    private func text(_ key: String) -> String {
        guard isEncoded else { return XMLText.escaped(key) }
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in key.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
