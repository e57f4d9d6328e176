/// Writes a server-sent event stream into a byte buffer.
///
/// Whatever it is given, no text can add a line of its own to the stream: a line break in data or in a comment starts
/// another line of the same kind, and one in a name becomes a space. Lines end with LF.
///
/// Source: WHATWG HTML, "Server-sent events"; Poe server-bot protocol, response events.
package struct ServerSentEventWriter: Sendable {
    /// What has been written and not yet taken.
    package private(set) var bytes: [UInt8] = []

    /// Makes a writer with room for that many bytes.
    package init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Whether there is nothing to take.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Writes an event.
    ///
    /// - Parameters:
    ///   - name: The name, such as `text`; an empty one is left out, which readers take for `message`.
    ///   - data: The data in UTF-8, usually compact JSON, which holds no line break and so makes one line.
    package mutating func write(event name: String, data: [UInt8]) {
        data.withUnsafeBufferPointer { write(event: name, data: $0) }
    }

    /// Writes an event whose data lies in a buffer; see ``write(event:data:)-(_,[UInt8])``.
    package mutating func write(event name: String, data: UnsafeBufferPointer<UInt8>) {
        if !name.isEmpty {
            bytes.append(contentsOf: "event: ".utf8)
            for byte in name.utf8 { bytes.append(isLineBreak(byte) ? 0x20 : byte) }
            bytes.append(0x0A)
        }
        writeLines(data, prefix: "data: ")
        bytes.append(0x0A)
    }

    /// Writes a comment, which readers ignore and which keeps an idle connection open.
    package mutating func write(comment: String) {
        var comment = comment
        comment.withUTF8 { writeLines($0, prefix: ": ") }
        bytes.append(0x0A)
    }

    /// Hands out what has been written and starts afresh.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Writes the text as one line, or as several when it holds line breaks (LF, CRLF or CR).
    private mutating func writeLines(_ text: UnsafeBufferPointer<UInt8>, prefix: StaticString) {
        var start = 0
        while true {
            let end = text[start...].firstIndex(where: isLineBreak) ?? text.count
            bytes.append(contentsOf: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
            bytes.append(contentsOf: text[start..<end])
            bytes.append(0x0A)
            guard end < text.count else { return }
            let isPair = text[end] == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
    }
}

private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
