import JSONCoding

/// The rule by which a prompt makes the model call tools.
///
/// `Call the tool NAME with {json}` calls one; `Call the tools NAME with {json} and NAME with {json}` calls several at
/// once, parted by commas, `and`, or both. Without `with` the input is an example of the tool's schema. Tools that are
/// not offered are not called. A choice of `any` or of one tool calls also without the words.
struct ToolCommand: Sendable, Hashable {
    /// One call.
    struct Call: Sendable, Hashable {
        let name: String
        let input: JSONValue
    }

    let calls: [Call]

    /// The most calls of one answer.
    private static let limit = 32

    /// The calls that a request wants; nil when it wants none.
    init?(_ request: ConverseRequest) {
        guard request.offersTools else { return nil }
        let wanted = Self.calls(in: request.newestUserText).compactMap { call -> Call? in
            guard let tool = request.tools.first(where: { $0.name == call.name }) else { return nil }
            return Call(name: call.name, input: call.input ?? SchemaExample.value(of: tool.schema))
        }
        if !wanted.isEmpty {
            calls = wanted
            return
        }
        let forced: ConverseRequest.Tool?
        switch request.toolChoice {
        case .any: forced = request.tools.first
        case .tool(let name): forced = request.tools.first { $0.name == name }
        case .automatic, nil: forced = nil
        }
        guard let forced else { return nil }
        calls = [Call(name: forced.name, input: SchemaExample.value(of: forced.schema))]
    }

    private static func calls(in prompt: String) -> [(name: String, input: JSONValue?)] {
        let bytes = Array(prompt.utf8)
        guard var position = end(of: "call the tool", in: bytes) else { return [] }
        if position < bytes.count, bytes[position] == UInt8(ascii: "s") { position += 1 }
        var calls: [(String, JSONValue?)] = []
        while calls.count < limit {
            skip(" \n`", in: bytes, at: &position)
            let name = bytes[position...].prefix { isNameByte($0) }
            guard !name.isEmpty else { break }
            position += name.count
            skip("`", in: bytes, at: &position)
            var input: JSONValue?
            if take(" with ", in: bytes, at: &position) {
                skip(" `", in: bytes, at: &position)
                let object = balancedObject(in: bytes, from: position)
                guard let value = try? JSONParser.parse(Array(object), limits: JSONLimits(values: 10_000)) else {
                    break
                }
                input = value
                position += object.count
                skip("`", in: bytes, at: &position)
            }
            calls.append((String(decoding: name, as: UTF8.self), input))
            let separators = [", and ", ", ", " and "]
            guard separators.contains(where: { take($0, in: bytes, at: &position) }) else { break }
        }
        return calls
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }

    /// The offset behind the words, whatever their case.
    private static func end(of words: String, in bytes: [UInt8]) -> Int? {
        let words = Array(words.utf8)
        guard bytes.count >= words.count else { return nil }
        let start = (0...bytes.count - words.count).first { offset in
            zip(bytes[offset...], words).allSatisfy { $0 | 0x20 == $1 || $0 == $1 }
        }
        return start.map { $0 + words.count }
    }

    private static func skip(_ characters: String, in bytes: [UInt8], at position: inout Int) {
        while position < bytes.count, characters.utf8.contains(bytes[position]) { position += 1 }
    }

    private static func take(_ text: String, in bytes: [UInt8], at position: inout Int) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// The bytes from an opening brace to the one that closes it; empty when there is none.
    private static func balancedObject(in bytes: [UInt8], from start: Int) -> ArraySlice<UInt8> {
        var (depth, isInString, isEscaped) = (0, false, false)
        for index in bytes[start...].indices {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth <= 0 { return bytes[start...index] }
            default: if depth == 0 { return [] }
            }
        }
        return []
    }
}
