/// The parts of a `multipart/form-data` body.
///
/// Reading is linear in the length of the body, which whoever reads it has bounded. What no client of the API writes,
/// folded header lines, nested parts, or a transfer encoding, is refused or left as it is.
/// Source: RFC 7578; RFC 2046, section 5.1; WHATWG, HTML Standard, "Multipart form data".
package struct MultipartForm: Sendable {
    /// One field of the form.
    package struct Part: Sendable {
        /// The field's name.
        package let name: String
        /// What the client calls the file; nil for a field that is none.
        package let fileName: String?
        /// What the client says that the file is.
        package let contentType: String?
        package let bytes: ArraySlice<UInt8>

        /// The value as text; nil where it is not UTF-8.
        package var text: String? { String(validating: bytes, as: UTF8.self) }
    }

    /// Why a body is no form.
    package struct Fault: Error, Hashable, Sendable {
        /// What is wrong, in one clause without a full stop.
        package let reason: String
    }

    /// How many parts a form may have.
    package static let partLimit = 64
    /// How long the head of a part may be, in bytes.
    package static let headLimitInBytes = 4096
    /// Source: RFC 2046, section 5.1.1.
    private static let boundaryLimitInBytes = 70

    /// The parts in their order.
    package let parts: [Part]

    /// Reads a body; nil for one that does not call itself a form.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - contentType: The request's `Content-Type`, which names the boundary.
    /// - Throws: ``Fault`` for one that does and is none, or has more than ``partLimit`` parts.
    package init?(_ body: [UInt8], contentType: String) throws(Fault) {
        let header = HeaderParameters(contentType)
        guard header.value.lowercased() == "multipart/form-data" else { return nil }
        guard let boundary = header["boundary"], !boundary.isEmpty, boundary.utf8.count <= Self.boundaryLimitInBytes,
            boundary.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { throw Fault(reason: "its Content-Type names no boundary") }
        var reader = Reader(body: body, delimiter: Array("\r\n--\(boundary)".utf8))
        var parts: [Part] = []
        try reader.openFirst()
        while try reader.hasPart() {
            guard parts.count < Self.partLimit else {
                throw Fault(reason: "it has more than \(Self.partLimit) parts")
            }
            parts.append(try reader.part())
        }
        self.parts = parts
    }
}

// MARK: - Reading

extension MultipartForm {
    /// Goes through a body from delimiter to delimiter.
    private struct Reader {
        let body: [UInt8]
        /// The boundary with the line break that belongs to it.
        let delimiter: [UInt8]
        /// Behind the last delimiter that was read.
        private(set) var position = 0

        /// Goes behind the first delimiter, which may stand at the very start.
        mutating func openFirst() throws(Fault) {
            if body.starts(with: delimiter.dropFirst(2)) {
                position = delimiter.count - 2
            } else if let start = nextDelimiter(from: 0) {
                position = start + delimiter.count
            } else {
                throw Fault(reason: "its boundary does not stand in it")
            }
        }

        /// Whether a part follows the delimiter, rather than the end.
        mutating func hasPart() throws(Fault) -> Bool {
            if body[position...].starts(with: "--".utf8) { return false }
            while position < body.count, body[position] == UInt8(ascii: " ") || body[position] == 0x09 {
                position += 1
            }
            guard body[position...].starts(with: "\r\n".utf8) else {
                throw Fault(reason: "a boundary is followed by something else at byte \(position)")
            }
            return true
        }

        /// The part that starts with the line break behind a delimiter.
        mutating func part() throws(Fault) -> Part {
            let start = position
            let reach = min(body.count, start + headLimitInBytes)
            // A part without a head has its empty line at once, so the line break before the head is part of it.
            guard let headEnd = Self.emptyLine(in: body[start..<reach]) else {
                throw Fault(reason: "the head of the part at byte \(start) does not end, or is too long")
            }
            guard let end = nextDelimiter(from: headEnd + 2) else { throw Fault(reason: "it ends within a part") }
            position = end + delimiter.count
            let content = body[min(headEnd + 4, end)..<end]
            return try MultipartForm.part(head: body[start..<headEnd], content, at: start)
        }

        /// Where `CR LF CR LF` starts.
        private static func emptyLine(in bytes: ArraySlice<UInt8>) -> Int? {
            bytes.indices.dropLast(3).first { bytes[$0...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) }
        }

        /// Where the next delimiter starts.
        ///
        /// A boundary holds no line break, so candidates never overlap.
        private func nextDelimiter(from start: Int) -> Int? {
            var start = start
            while start < body.count, let candidate = body[start...].firstIndex(of: 0x0D) {
                if body[candidate...].starts(with: delimiter) { return candidate }
                start = candidate + 1
            }
            return nil
        }
    }

    private static func part(
        head: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>, at start: Int
    ) throws(Fault) -> Part {
        guard let head = String(validating: head, as: UTF8.self) else {
            throw Fault(reason: "the head of the part at byte \(start) is not UTF-8")
        }
        var disposition: HeaderParameters?
        var contentType: String?
        for line in head.split(whereSeparator: { $0 == "\r\n" }) {
            guard let colon = line.firstIndex(of: ":") else {
                throw Fault(reason: "the head of the part at byte \(start) has a line without a colon")
            }
            let value = String(line[line.index(after: colon)...])
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = HeaderParameters(value)
            case "content-type": contentType = HeaderParameters(value).value
            case "content-transfer-encoding" where HeaderParameters(value).value.lowercased() == "base64":
                throw Fault(reason: "the part at byte \(start) is encoded, which forms are not")
            default: break
            }
        }
        guard let disposition, disposition.value.lowercased() == "form-data", let name = disposition["name"] else {
            throw Fault(reason: "the part at byte \(start) has no name")
        }
        return Part(name: name, fileName: disposition["filename"], contentType: contentType, bytes: content)
    }
}

/// The value of a header field and the parameters behind it: `form-data; name="image"`.
///
/// Within quotes a backslash stands before a quote or another backslash, as older clients write it, and `%22` for a
/// quote, as browsers do.
/// Source: RFC 9110, section 5.6.6; RFC 7578, section 2.
private struct HeaderParameters {
    let value: String
    private var parameters: [String: String] = [:]

    init(_ text: String) {
        var rest = Substring(text)
        value = Self.trimmed(rest.prefix { $0 != ";" })
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest.removeFirst()
            let name = Self.trimmed(rest.prefix { $0 != "=" && $0 != ";" }).lowercased()
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let parameter = rest.first == "\"" ? Self.quoted(&rest) : Self.trimmed(rest.prefix { $0 != ";" })
            rest = rest.drop { $0 != ";" }
            if parameters[name] == nil { parameters[name] = parameter }
        }
    }

    subscript(name: String) -> String? { parameters[name] }

    private static func quoted(_ rest: inout Substring) -> String {
        var text = ""
        rest.removeFirst()
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                text.append(rest.removeFirst())
            } else {
                text.append(character)
            }
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> String {
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
