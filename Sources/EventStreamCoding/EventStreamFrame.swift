/// One message as it lies in the bytes of a stream, checked and not copied.
///
/// It is good only within the call that hands it over: it points into the caller's bytes. ``message`` is a copy that
/// lasts.
package struct EventStreamFrame {
    /// What the message carries, usually JSON; may be empty.
    package let payload: UnsafeRawBufferPointer
    private let headers: UnsafeRawBufferPointer
    private let known: KnownHeaders?

    /// Reads the headers of a message whose checksums are right.
    init(headers: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer) throws(EventStreamError) {
        self.headers = headers
        self.payload = payload
        known = KnownHeaders(headers)
        // Whatever is not of the usual kind is read the long way, if only to find out what is wrong with it.
        if known == nil {
            var reader = HeaderReader(headers)
            _ = try reader.readAll()
        }
    }

    /// What kind of message it is (`:message-type`): `event`, `exception` or `error`.
    package var messageType: String? { string(.messageType) }
    /// Which event it is (`:event-type`).
    package var eventType: String? { string(.eventType) }
    /// Which exception it is (`:exception-type`).
    package var exceptionType: String? { string(.exceptionType) }

    /// The message as a value of its own.
    package var message: EventStreamMessage {
        var reader = HeaderReader(headers)
        // They have been read before, without an error.
        return EventStreamMessage(headers: (try? reader.readAll()) ?? [], payload: Array(payload))
    }

    private func string(_ name: KnownHeaders.Name) -> String? {
        if let known { return known.text(of: name, in: headers) }
        var reader = HeaderReader(headers)
        return EventStreamMessage(headers: (try? reader.readAll()) ?? []).string(name.text)
    }
}

/// Where the values lie of headers that are all strings of well-known names, as those of Bedrock's messages are.
///
/// Reading them so takes no memory and no time to speak of.
struct KnownHeaders {
    enum Name: Int, CaseIterable {
        case messageType, eventType, contentType, exceptionType, errorCode, errorMessage

        var text: String {
            switch self {
            case .messageType: ":message-type"
            case .eventType: ":event-type"
            case .contentType: ":content-type"
            case .exceptionType: ":exception-type"
            case .errorCode: ":error-code"
            case .errorMessage: ":error-message"
            }
        }

        /// The name that a header's bytes are, or nil when they are none of these.
        init?(_ bytes: UnsafeRawBufferPointer) {
            switch bytes.count {
            case 13 where bytes.holds(":message-type"): self = .messageType
            case 13 where bytes.holds(":content-type"): self = .contentType
            case 11 where bytes.holds(":event-type"): self = .eventType
            case 11 where bytes.holds(":error-code"): self = .errorCode
            case 15 where bytes.holds(":exception-type"): self = .exceptionType
            case 14 where bytes.holds(":error-message"): self = .errorMessage
            default: return nil
            }
        }
    }

    /// Offset and length of each name's value; a length of -1 says that there is none.
    private var values = InlineArray<6, (offset: UInt32, count: Int32)>(repeating: (0, -1))

    /// Finds the values; nil where a header is of another name or type, comes twice, or cannot be read.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            let nameCount = Int(bytes[position])
            let value = position + nameCount + 4
            guard value <= bytes.count,
                let name = Name(UnsafeRawBufferPointer(rebasing: bytes[position + 1..<position + 1 + nameCount])),
                bytes[value - 3] == HeaderType.string.rawValue, values[name.rawValue].count < 0
            else { return nil }
            let count = Int(bytes[value - 2]) << 8 | Int(bytes[value - 1])
            guard count <= bytes.count - value else { return nil }
            let text = UnsafeRawBufferPointer(rebasing: bytes[value..<value + count])
            guard text.isASCII else { return nil }
            values[name.rawValue] = (UInt32(value), Int32(count))
            position = value + count
        }
    }

    func text(of name: Name, in bytes: UnsafeRawBufferPointer) -> String? {
        let (offset, count) = values[name.rawValue]
        guard count >= 0 else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + Int(count)])
        return CommonTexts.text(text) ?? String(decoding: text, as: UTF8.self)
    }
}

/// The texts that nearly all headers hold, as constants: those cost no memory.
enum CommonTexts {
    /// The text that the bytes are, or nil when they are none of these.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
        switch bytes.count {
        case 5 where bytes.holds("event"): "event"
        case 16 where bytes.holds("application/json"): "application/json"
        case 16 where bytes.holds("contentBlockStop"): "contentBlockStop"
        case 17 where bytes.holds("contentBlockDelta"): "contentBlockDelta"
        case 17 where bytes.holds("contentBlockStart"): "contentBlockStart"
        default: KnownHeaders.Name(bytes)?.text
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are those of a text, eight at a step.
    fileprivate func holds(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in
            let text = UnsafeRawBufferPointer(text)
            func isSame<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type, at offset: Int) -> Bool {
                loadUnaligned(fromByteOffset: offset, as: type) == text.loadUnaligned(fromByteOffset: offset, as: type)
            }
            guard count >= 8 else { return elementsEqual(text) }
            var offset = 0
            while offset + 8 <= count {
                guard isSame(UInt64.self, at: offset) else { return false }
                offset += 8
            }
            // The last step begins early and looks at some bytes twice.
            return offset == count || isSame(UInt64.self, at: count - 8)
        }
    }

    /// Whether all bytes are ASCII.
    fileprivate var isASCII: Bool {
        var all: UInt8 = 0
        for byte in self { all |= byte }
        return all < 0x80
    }
}
