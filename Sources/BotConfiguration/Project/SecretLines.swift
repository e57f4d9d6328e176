/// The lines of a file with plain texts after the keys of secrets hidden, those too that go on below their key.
struct SecretLines {
    /// The lines with one `*` for each Unicode scalar that is hidden.
    let masked: [UInt8]
    /// The lines, counted from 1, all of which belong to the value of a key above them.
    let continuations: Set<Int>

    /// Looks at every line of a file, whatever the file as a whole is worth.
    init(of bytes: [UInt8]) {
        var continuations: Set<Int> = []
        var openKeyColumn: Int?
        var masked: [UInt8] = []
        masked.reserveCapacity(bytes.count)
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { masked.append(0x0A) }
            let text = line.last == 0x0D ? line.dropLast() : line
            let indent = text.prefix { $0 == 0x20 || $0 == 0x09 }.count
            guard indent < text.count else {
                masked += line
                continue
            }
            let shown = String(decoding: text, as: UTF8.self)
            let hidden: String
            let isItem = text[text.startIndex + indent] == UInt8(ascii: "-")
            if let column = openKeyColumn, indent > column || indent == column && isItem {
                continuations.insert(index + 1)
                hidden = SecretLine.hidden(shown)
            } else {
                let line = SecretLine(shown)
                openKeyColumn = line.openKeyColumn
                hidden = line.masked
            }
            masked += hidden == shown ? Array(line) : Array(hidden.utf8) + line[text.endIndex...]
        }
        self.masked = masked
        self.continuations = continuations
    }
}
