/// Writes JSON texts into a byte array.
///
/// A string escapes only what must be escaped: `"`, `\` and U+0000 to U+001F (`\b \t \n \f \r`, else `\u00xx` in
/// lower case), which is also the canonical form of the stored configuration.
package struct JSONWriter {
    /// What has been written so far.
    package var bytes: [UInt8] = []
    /// Whether strings also escape U+0085, U+2028 and U+2029, which are ordinary characters in JSON and line ends to
    /// some readers of server-sent events (Poe server-bot protocol, response events).
    package var escapesLineSeparators = false

    package init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// How a value is laid out.
    package enum Layout: Sendable {
        /// No white space; members in their order.
        case compact
        /// No white space; members sorted by the bytes of their names.
        case canonical
        /// Indented by two spaces, for people.
        case indented
    }

    /// Writes a value.
    package mutating func write(_ value: JSONValue, layout: Layout = .compact) {
        write(value, layout: layout, depth: 0)
    }

    /// Writes a string with its quotes.
    package mutating func write(string: String) {
        bytes.append(0x22)
        var string = string
        string.withUTF8 { utf8 in
            var clean = 0
            for index in utf8.indices {
                let byte = utf8[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5C {
                    bytes.append(contentsOf: utf8[clean..<index])
                    clean = index + 1
                    writeEscape(byte)
                } else if escapesLineSeparators, byte == 0xC2 || byte == 0xE2,
                    let separator = LineSeparator(utf8[index...])
                {
                    bytes.append(contentsOf: utf8[clean..<index])
                    clean = index + separator.utf8Count
                    write(raw: separator.escape)
                }
            }
            bytes.append(contentsOf: utf8[clean...])
        }
        bytes.append(0x22)
    }

    /// Writes text that is already JSON.
    package mutating func write(raw: String) { bytes.append(contentsOf: raw.utf8) }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(byte >> 4 == 0 ? 0x30 : 0x31)
            let digit = byte & 0xF
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }

    private mutating func write(_ value: JSONValue, layout: Layout, depth: Int) {
        switch value {
        case .null: write(raw: "null")
        case .bool(let flag): write(raw: flag ? "true" : "false")
        case .number(let number): write(raw: number.text)
        case .string(let string): write(string: string)
        case .array(let elements):
            writeList(elements, brackets: ("[", "]"), layout: layout, depth: depth) { writer, element in
                writer.write(element, layout: layout, depth: depth + 1)
            }
        case .object(let object):
            let members = layout == .canonical ? object.sortedByName().members : object.members
            writeList(members, brackets: ("{", "}"), layout: layout, depth: depth) { writer, member in
                writer.write(string: member.name)
                writer.write(raw: layout == .indented ? ": " : ":")
                writer.write(member.value, layout: layout, depth: depth + 1)
            }
        }
    }

    private mutating func writeList<Element>(
        _ elements: [Element], brackets: (String, String), layout: Layout, depth: Int,
        writeElement: (inout JSONWriter, Element) -> Void
    ) {
        write(raw: brackets.0)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if layout == .indented { writeLineBreak(depth: depth + 1) }
            writeElement(&self, element)
        }
        if layout == .indented, !elements.isEmpty { writeLineBreak(depth: depth) }
        write(raw: brackets.1)
    }

    private mutating func writeLineBreak(depth: Int) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }
}

/// A character that ends a line for some readers, though not in JSON.
private enum LineSeparator {
    case nextLine
    case lineSeparator
    case paragraphSeparator

    /// The separator that the bytes start with; they are the rest of a valid UTF-8 text.
    init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        if bytes.starts(with: [0xC2, 0x85]) {
            self = .nextLine
        } else if bytes.starts(with: [0xE2, 0x80, 0xA8]) {
            self = .lineSeparator
        } else if bytes.starts(with: [0xE2, 0x80, 0xA9]) {
            self = .paragraphSeparator
        } else {
            return nil
        }
    }

    var utf8Count: Int { self == .nextLine ? 2 : 3 }

    var escape: String {
        switch self {
        case .nextLine: "\\u0085"
        case .lineSeparator: "\\u2028"
        case .paragraphSeparator: "\\u2029"
        }
    }
}

extension JSONValue {
    /// The text of the value in UTF-8.
    package func encoded(_ layout: JSONWriter.Layout = .compact) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self, layout: layout)
        return writer.bytes
    }

    /// The text of the value.
    package func text(_ layout: JSONWriter.Layout = .compact) -> String {
        String(decoding: encoded(layout), as: UTF8.self)
    }
}
