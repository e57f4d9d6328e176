/// Reads the small part of XML that services answer: elements, attributes (which are dropped), text, CDATA, comments,
/// the five named entities and character references.
///
/// Document types are refused, and with them all other entities: nothing an answer holds can grow when it is read.
///
/// Source: W3C "Extensible Markup Language (XML) 1.0 (Fifth Edition)".
package struct XMLReader {
    /// How deep elements may stand within each other.
    package static let depthLimit = 32
    /// How many elements there may be.
    package static let elementLimit = 50_000

    private let bytes: [UInt8]
    private var position = 0
    private var elements = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a document.
    ///
    /// - Parameter bytes: The document in UTF-8; its size is bounded by whoever received it.
    /// - Returns: Its root.
    /// - Throws: ``XMLError``.
    package static func parse(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        var reader = XMLReader(bytes)
        if reader.starts(with: "\u{FEFF}") { reader.position += 3 }
        try reader.skipMisc()
        let root = try reader.readElement(depth: 1)
        try reader.skipMisc()
        guard reader.position == bytes.count else { throw reader.error("something follows the root element") }
        return root
    }

    private func error(_ reason: String) -> XMLError { XMLError(offset: position, reason: reason) }

    private func starts(with text: StaticString) -> Bool {
        bytes.count - position >= text.utf8CodeUnitCount
            && text.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + text.utf8CodeUnitCount]) }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    /// Skips white space, comments and processing instructions outside the root.
    private mutating func skipMisc() throws(XMLError) {
        while true {
            skipBlanks()
            if starts(with: "<?") {
                try skip(past: "?>")
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "<!") {
                throw error("a document type")
            } else {
                return
            }
        }
    }

    private mutating func skip(past end: StaticString) throws(XMLError) {
        while position < bytes.count {
            if starts(with: end) {
                position += end.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw error("the end of the document within markup")
    }

    private mutating func readElement(depth: Int) throws(XMLError) -> XMLElement {
        guard depth <= Self.depthLimit else { throw error("elements stand too deep within each other") }
        elements += 1
        guard elements <= Self.elementLimit else { throw error("too many elements") }
        guard current == UInt8(ascii: "<") else { throw error("an element was expected") }
        position += 1
        let fullName = try readName()
        var element = XMLElement(name: String(fullName.split(separator: ":").last ?? ""))
        if try skipAttributes() { return element }
        var text: [UInt8] = []
        while true {
            if starts(with: "</") {
                position += 2
                guard try readName() == fullName else { throw error("an end tag of another element") }
                skipBlanks()
                guard current == UInt8(ascii: ">") else { throw error("an end tag that does not end") }
                position += 1
                element.text = String(decoding: text, as: UTF8.self)
                return element
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "<![CDATA[") {
                let start = position + 9
                try skip(past: "]]>")
                text += bytes[start..<position - 3]
            } else if starts(with: "<?") {
                try skip(past: "?>")
            } else if current == UInt8(ascii: "<") {
                element.children.append(try readElement(depth: depth + 1))
            } else if current == UInt8(ascii: "&") {
                text += try readReference()
            } else if let byte = current {
                text.append(byte)
                position += 1
            } else {
                throw error("the end of the document within an element")
            }
        }
    }

    private mutating func readName() throws(XMLError) -> String {
        let start = position
        while let byte = current, !" \t\r\n/>=<&'\"".utf8.contains(byte) { position += 1 }
        guard position > start else { throw error("a name was expected") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Skips attributes and the end of the tag.
    ///
    /// - Returns: Whether the element ends with its tag.
    private mutating func skipAttributes() throws(XMLError) -> Bool {
        while true {
            skipBlanks()
            if starts(with: "/>") {
                position += 2
                return true
            }
            if current == UInt8(ascii: ">") {
                position += 1
                return false
            }
            _ = try readName()
            skipBlanks()
            guard current == UInt8(ascii: "=") else { throw error("an attribute without a value") }
            position += 1
            skipBlanks()
            guard let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw error("an attribute's value without quotes")
            }
            position += 1
            guard let end = bytes[position...].firstIndex(of: quote) else {
                throw error("an attribute's value that does not end")
            }
            position = end + 1
        }
    }

    private mutating func readReference() throws(XMLError) -> [UInt8] {
        guard let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw error("an entity that does not end")
        }
        let name = String(decoding: bytes[position + 1..<end], as: UTF8.self)
        let scalar: Unicode.Scalar? =
            switch name {
            case "amp": "&"
            case "lt": "<"
            case "gt": ">"
            case "quot": "\""
            case "apos": "'"
            default:
                if name.hasPrefix("#x") {
                    UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
                } else if name.hasPrefix("#") {
                    UInt32(name.dropFirst(1)).flatMap(Unicode.Scalar.init)
                } else {
                    nil
                }
            }
        guard let scalar else { throw error("an entity that is not known") }
        position = end + 1
        return Array(String(Character(scalar)).utf8)
    }
}
