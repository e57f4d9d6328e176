extension EventStreamMessage {
    /// The message as bytes.
    ///
    /// - Returns: Prelude, headers, payload and checksum.
    /// - Throws: ``EventStreamError`` when a name, a value, the headers or the payload are longer than the format
    ///   allows, or two headers have one name; what was encoded can always be decoded.
    package func encoded() throws(EventStreamError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(EventStreamLayout.overheadBytes + headers.count * 48 + payload.count)
        bytes.append(contentsOf: repeatElement(0, count: EventStreamLayout.preludeBytes))
        var names = HeaderNames()
        for (index, header) in headers.enumerated() {
            try names.insert(header.name, after: headers[..<index])
            try header.encode(to: &bytes)
        }

        let limits = EventStreamLimits()
        let headerBytes = bytes.count - EventStreamLayout.preludeBytes
        guard headerBytes <= limits.headerBytes else {
            throw .headersTooLong(length: headerBytes, limit: limits.headerBytes)
        }
        guard payload.count <= limits.payloadBytes else {
            throw .payloadTooLong(length: payload.count, limit: limits.payloadBytes)
        }
        bytes.append(contentsOf: payload)

        let total = UInt32(EventStreamLayout.overheadBytes + headerBytes + payload.count)
        bytes.withUnsafeMutableBytes { buffer in
            buffer.storeBytes(of: total.bigEndian, as: UInt32.self)
            buffer.storeBytes(of: UInt32(headerBytes).bigEndian, toByteOffset: 4, as: UInt32.self)
            let crc = CRC32.checksum(UnsafeRawBufferPointer(rebasing: buffer[..<8]))
            buffer.storeBytes(of: crc.bigEndian, toByteOffset: 8, as: UInt32.self)
        }
        let crc = bytes.withUnsafeBytes { CRC32.checksum($0) }
        append(crc, to: &bytes)
        return bytes
    }
}

extension EventStreamHeader {
    /// Appends name, type and value.
    fileprivate func encode(to bytes: inout [UInt8]) throws(EventStreamError) {
        guard let nameLength = UInt8(exactly: name.utf8.count), nameLength > 0 else { throw .invalidHeaderName }
        bytes.append(nameLength)
        bytes.append(contentsOf: name.utf8)
        bytes.append(value.type.rawValue)
        switch value {
        case .bool: break
        case .int8(let value): bytes.append(UInt8(bitPattern: value))
        case .int16(let value): append(value, to: &bytes)
        case .int32(let value): append(value, to: &bytes)
        case .int64(let value), .timestamp(let value): append(value, to: &bytes)
        case .uuid(let value): append(value, to: &bytes)
        case .bytes(let value):
            guard let length = UInt16(exactly: value.count) else { throw .invalidHeaderValue(name: name) }
            append(length, to: &bytes)
            bytes.append(contentsOf: value)
        case .string(let value):
            guard let length = UInt16(exactly: value.utf8.count) else { throw .invalidHeaderValue(name: name) }
            append(length, to: &bytes)
            bytes.append(contentsOf: value.utf8)
        }
    }
}

/// Appends the bytes of the integer, the highest first.
private func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
}
