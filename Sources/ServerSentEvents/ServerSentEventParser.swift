/// Reads events from the bytes of a server-sent event stream, in whatever pieces they come.
///
/// Append what arrives, then call ``next()`` until it returns nil. Lines may end with LF, CRLF or CR; an event is given
/// out as soon as its empty line has ended, without waiting whether a CR is followed by LF. An event that the stream
/// does not finish is dropped, as the standard says; ``hasUnfinishedEvent`` tells.
///
/// Source: WHATWG HTML, "Server-sent events", parsing and interpreting an event stream.
package struct ServerSentEventParser: Sendable {
    /// The time that the stream asked clients to wait before they connect again; nil when it did not ask.
    package private(set) var reconnectionTime: Duration?
    /// How many comment lines there were; a stream that only keeps itself alive shows here.
    package private(set) var commentCount = 0

    private let byteLimit: Int
    private var buffer: [UInt8] = []
    /// Where the line lies that is being read.
    private var lineStart = 0
    /// Up to where that line has been searched for its end.
    private var scanned = 0
    private var mayStartWithByteOrderMark = true
    /// Whether the last line ended with CR, so that an LF which follows belongs to its end.
    private var skipsLineFeed = false
    private var name: [UInt8] = []
    private var data: [UInt8]?
    private var lastEventID = ""
    private var failure: ServerSentEventError?

    /// Makes a parser.
    ///
    /// - Parameter byteLimit: How many bytes the lines of one event may have together, without their ends; also the
    ///   limit of a single comment.
    package init(byteLimit: Int = 1_048_576) { self.byteLimit = byteLimit }

    /// Whether the stream, were it over now, would end within an event or a line.
    package var hasUnfinishedEvent: Bool { lineStart < buffer.count || data != nil || !name.isEmpty }

    /// Takes in the next bytes of the stream.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        compact()
        buffer.append(contentsOf: bytes)
    }

    /// Takes in the next bytes of the stream.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
        if isContiguous == nil { Array(bytes).withUnsafeBytes { append($0) } }
    }

    /// The next whole event, or nil when more bytes are needed.
    ///
    /// - Throws: ``ServerSentEventError``; from then on every call throws the same, and further bytes are dropped.
    package mutating func next() throws(ServerSentEventError) -> ServerSentEvent? {
        if let failure { throw failure }
        guard skipByteOrderMark() else { return nil }
        while let line = takeLine() {
            if line.isEmpty {
                if let event = takeEvent() { return event }
            } else {
                guard eventByteCount + line.count <= byteLimit else { throw fail() }
                interpret(line)
            }
        }
        guard eventByteCount + buffer.count - lineStart <= byteLimit else { throw fail() }
        return nil
    }

    private var eventByteCount: Int { name.count + (data?.count ?? 0) }

    private mutating func fail() -> ServerSentEventError {
        let error = ServerSentEventError.eventTooLong(limit: byteLimit)
        failure = error
        buffer = []
        (lineStart, scanned) = (0, 0)
        (name, data) = ([], nil)
        return error
    }
}

// MARK: - Lines

extension ServerSentEventParser {
    /// Steps over a byte order mark at the start of the stream; false while its bytes are not all there.
    private mutating func skipByteOrderMark() -> Bool {
        guard mayStartWithByteOrderMark else { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let first = buffer.prefix(3)
        guard mark.starts(with: first) else {
            mayStartWithByteOrderMark = false
            return true
        }
        guard first.count == 3 else { return false }
        mayStartWithByteOrderMark = false
        (lineStart, scanned) = (3, 3)
        return true
    }

    /// The bounds of the next line that has ended, without its end.
    private mutating func takeLine() -> Range<Int>? {
        if skipsLineFeed, lineStart < buffer.count {
            skipsLineFeed = false
            if buffer[lineStart] == 0x0A { lineStart += 1 }
            scanned = max(scanned, lineStart)
        }
        let end = buffer.withUnsafeBufferPointer { buffer in
            buffer[scanned...].firstIndex { $0 == 0x0A || $0 == 0x0D }
        }
        guard let end else {
            scanned = buffer.count
            return nil
        }
        let line = lineStart..<end
        skipsLineFeed = buffer[end] == 0x0D
        lineStart = end + 1
        scanned = lineStart
        return line
    }

    /// Drops the lines that have been read, once they are at least as much as what is left: so no byte is moved more
    /// often than another one is dropped.
    private mutating func compact() {
        guard lineStart > 0, !mayStartWithByteOrderMark, lineStart >= buffer.count - lineStart else { return }
        if lineStart == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 65_536)
        } else {
            buffer.removeSubrange(..<lineStart)
        }
        scanned -= lineStart
        lineStart = 0
    }
}

// MARK: - Fields

extension ServerSentEventParser {
    private mutating func interpret(_ line: Range<Int>) {
        let bytes = buffer[line]
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            setField(bytes, to: [])
            return
        }
        guard colon > line.lowerBound else {
            commentCount += 1
            return
        }
        var value = buffer[(colon + 1)..<line.upperBound]
        if value.first == 0x20 { value.removeFirst() }
        setField(buffer[line.lowerBound..<colon], to: value)
    }

    /// Applies a field; one with an unknown name is ignored, as the standard says.
    private mutating func setField(_ field: ArraySlice<UInt8>, to value: ArraySlice<UInt8>) {
        if field.elementsEqual("data".utf8) {
            // A line feed stands between the lines, so the first one comes without.
            if data == nil { data = Array(value) } else { data?.append(0x0A); data?.append(contentsOf: value) }
        } else if field.elementsEqual("event".utf8) {
            name = Array(value)
        } else if field.elementsEqual("id".utf8) {
            if !value.contains(0) { lastEventID = String(decoding: value, as: UTF8.self) }
        } else if field.elementsEqual("retry".utf8) {
            let isDigits = !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }
            guard isDigits, let milliseconds = Int64(String(decoding: value, as: UTF8.self)) else { return }
            reconnectionTime = .milliseconds(milliseconds)
        }
    }

    /// The event that an empty line ends; nil when it had no data.
    private mutating func takeEvent() -> ServerSentEvent? {
        defer {
            name.removeAll(keepingCapacity: true)
            data = nil
        }
        guard let data else { return nil }
        let name = name.isEmpty ? ServerSentEvent.defaultName : String(decoding: name, as: UTF8.self)
        return ServerSentEvent(name: name, data: String(decoding: data, as: UTF8.self), lastEventID: lastEventID)
    }
}
