/// Values as they are written in YAML, with quotes only where they are needed.
package enum YAMLText {
    /// A text as a plain or as a double-quoted scalar, for block and flow places alike.
    ///
    /// Plain is what no reader takes for anything else: letters, digits and a few signs, that are neither a number nor
    /// one of the words for a boolean or for nothing.
    package static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || isDigit(first), text.utf8.last != UInt8(ascii: ":")
        else { return false }
        guard text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "._/+:@-".utf8.contains($0) }) else {
            return false
        }
        // YAML 1.1 knows more words and numbers than 1.2, base 60 among them; other tools may still read them so.
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "infinity"]
        guard !words.contains(text.lowercased()) else { return false }
        let looksLikeNumber =
            isDigit(first) && text.utf8.allSatisfy { isDigit($0) || "._+:-eExXoOabcdfABCDF".utf8.contains($0) }
        return !looksLikeNumber
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
            case "\u{2028}": result += "\\L"
            case "\u{2029}": result += "\\P"
            case "\u{FEFF}": result += "\\uFEFF"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
