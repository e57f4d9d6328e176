/// Reads the headers of one message from a buffer that outlives it; every access is checked against its bounds.
struct HeaderReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Makes a reader of exactly the headers' bytes.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Reads all headers.
    mutating func readAll() throws(EventStreamError) -> [EventStreamHeader] {
        var headers: [EventStreamHeader] = []
        // Bedrock sends three or four; more are rare and only cost a reallocation.
        headers.reserveCapacity(4)
        var names = HeaderNames()
        while position < bytes.count {
            let header = try readHeader()
            try names.insert(header.name, after: headers)
            headers.append(header)
        }
        return headers
    }

    private mutating func readHeader() throws(EventStreamError) -> EventStreamHeader {
        let nameLength = Int(try readInteger(UInt8.self))
        guard nameLength > 0, let name = try readString(nameLength) else { throw .invalidHeaderName }
        let type = try readInteger(UInt8.self)
        guard let type = HeaderType(rawValue: type) else { throw .unknownHeaderType(type, name: name) }
        return EventStreamHeader(name: name, value: try readValue(type, name: name))
    }

    private mutating func readValue(
        _ type: HeaderType, name: String
    ) throws(EventStreamError) -> EventStreamHeader.Value {
        switch type {
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .int8: return .int8(try readInteger())
        case .int16: return .int16(try readInteger())
        case .int32: return .int32(try readInteger())
        case .int64: return .int64(try readInteger())
        case .timestamp: return .timestamp(milliseconds: try readInteger())
        case .uuid: return .uuid(try readInteger())
        case .bytes: return .bytes(Array(try readSlice(Int(readInteger(UInt16.self)))))
        case .string:
            guard let string = try readString(Int(readInteger(UInt16.self))) else {
                throw .invalidHeaderValue(name: name)
            }
            return .string(string)
        }
    }

    private mutating func readSlice(_ count: Int) throws(EventStreamError) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else { throw .headerOutOfBounds }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private mutating func readInteger<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type = Integer.self
    ) throws(EventStreamError) -> Integer {
        Integer(bigEndian: try readSlice(Integer.bitWidth / 8).loadUnaligned(as: Integer.self))
    }

    /// The string of that many bytes, or nil when they are no UTF-8.
    private mutating func readString(_ count: Int) throws(EventStreamError) -> String? {
        let slice = try readSlice(count)
        if let text = CommonTexts.text(slice) { return text }
        // `String(validating:as:)` says the same and takes twice the time, as it is not specialised.
        let bytes = slice.assumingMemoryBound(to: UInt8.self)
        guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
        return String(copying: text)
    }
}
