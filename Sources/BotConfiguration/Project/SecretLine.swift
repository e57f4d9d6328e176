/// A line of a file with plain texts after the keys of secrets hidden, whatever the file as a whole is worth.
///
/// What the decoder sees is hidden by its place. It never sees the second of two equal keys, nor anything of a file
/// that is not valid YAML, and their lines are shown as well.
struct SecretLine {
    /// The line, with one `*` for each Unicode scalar that is hidden.
    let masked: String
    /// The column, counted from 0, of the key whose value reaches the end of the line, so that what is indented deeper
    /// below belongs to it; nil when there is none.
    let openKeyColumn: Int?

    init(_ line: String) {
        guard line.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else {
            masked = line
            openKeyColumn = nil
            return
        }
        var scalars = Array(line.unicodeScalars)
        var openKeyColumn: Int?
        var isInFlow = false
        var position = 0
        while position < scalars.count {
            let scalar = scalars[position]
            if scalar == "{" || scalar == "[" { isInFlow = true }
            guard Self.isPartOfKey(scalar) else {
                position += 1
                continue
            }
            let start = position
            let end = scalars[start...].firstIndex { !Self.isPartOfKey($0) } ?? scalars.count
            let key = String(String.UnicodeScalarView(scalars[start..<end]))
            position = end
            guard let value = Self.value(in: scalars, afterKeyAt: end), SecretName.mayBe(key) else { continue }
            position = Self.hide(&scalars, from: value, isInFlow: isInFlow)
            openKeyColumn = position == scalars.count ? start : nil
        }
        masked = String(String.UnicodeScalarView(scalars))
        self.openKeyColumn = openKeyColumn
    }

    /// A line all of which belongs to the value of a secret.
    static func hidden(_ line: String) -> String {
        var scalars = Array(line.unicodeScalars)
        _ = hide(&scalars, from: 0, isInFlow: false)
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isPartOfKey(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
    }

    /// Where the value of a key starts: after the colon, or after the sign of a shell's variable; nil when there is
    /// none.
    private static func value(in scalars: [Unicode.Scalar], afterKeyAt end: Int) -> Int? {
        var position = end
        while position < scalars.count, [" ", "\t", "\"", "'"].contains(scalars[position]) { position += 1 }
        return position < scalars.count && [":", "="].contains(scalars[position]) ? position + 1 : nil
    }

    /// Hides everything of a value but references and the signs around texts; gives where the value ends.
    private static func hide(_ scalars: inout [Unicode.Scalar], from start: Int, isInFlow: Bool) -> Int {
        var position = start
        var depth = 0
        var quote: Unicode.Scalar?
        while position < scalars.count {
            let scalar = scalars[position]
            if scalar == "$", position + 1 < scalars.count, scalars[position + 1] == "{" {
                position = endOfReference(scalars, from: position)
                continue
            }
            if let open = quote {
                if scalar == open { quote = nil } else { scalars[position] = "*" }
            } else {
                switch scalar {
                case "\"", "'": quote = scalar
                case "[", "{": depth += 1
                case "]" where depth > 0, "}" where depth > 0: depth -= 1
                case "]", "}", ",":
                    if isInFlow, depth == 0 { return position }
                    if depth == 0 { scalars[position] = "*" }
                case " ", "\t": break
                default: scalars[position] = "*"
                }
            }
            position += 1
        }
        return position
    }

    private static func endOfReference(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var depth = 0
        for position in start..<scalars.count {
            if scalars[position] == "{" { depth += 1 }
            guard scalars[position] == "}" else { continue }
            depth -= 1
            if depth == 0 { return position + 1 }
        }
        return scalars.count
    }
}
