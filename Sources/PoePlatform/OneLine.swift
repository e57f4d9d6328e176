import Secrets

/// Words from outside, for a line of output or of a log.
enum OneLine {
    private static let characterLimit = 300

    /// The beginning of a text as one line, without control characters.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - secret: What must not stand in it: neither as it is, nor as it stands in a URL.
    /// - Returns: At most 300 characters.
    static func text(of bytes: [UInt8], hiding secret: Secret) -> String {
        var bytes = bytes
        let forms = [secret.reveal(), PathSegment.encoded(secret.reveal())].filter { !$0.isEmpty }
        for form in forms { bytes = replacing(Array(form.utf8), in: bytes) }
        var line = ""
        var isAfterSpace = true
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                if !isAfterSpace { line.unicodeScalars.append(" ") }
                isAfterSpace = true
            default:
                line.unicodeScalars.append(scalar)
                isAfterSpace = false
            }
            if line.unicodeScalars.count >= characterLimit { break }
        }
        if line.last == " " { line.removeLast() }
        return line
    }

    private static func replacing(_ word: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: word) {
                result += Array("<redacted>".utf8)
                index += word.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

/// A text as one segment of a URL's path.
enum PathSegment {
    /// The text with everything escaped but the unreserved characters (RFC 3986, section 2.3).
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.append(byte)
            default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
