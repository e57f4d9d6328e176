extension String {
    /// The text with everything that a terminal would obey instead of showing made visible.
    ///
    /// Messages quote what stands in files, and a file can hold escape sequences or marks that turn the order of
    /// letters around, so that a line seems to say something else.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isObeyedByTerminals) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar.isObeyedByTerminals ? "\u{FFFD}" : scalar)
            }
        }
        return text
    }

    /// The text with its lines and tabs, and everything else that a terminal would obey made visible; a carriage return
    /// is left out.
    package var printableLines: String {
        guard unicodeScalars.contains(where: \.isObeyedByTerminals) else { return self }
        var text = ""
        for scalar in unicodeScalars where scalar != "\r" {
            let isKept = scalar == "\n" || scalar == "\t" || !scalar.isObeyedByTerminals
            text.unicodeScalars.append(isKept ? scalar : "\u{FFFD}")
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether this is a control character, a line separator, or a mark that sets the direction of writing.
    ///
    /// Source: Unicode Standard Annex 9, "Unicode Bidirectional Algorithm", explicit formatting characters.
    var isObeyedByTerminals: Bool {
        switch value {
        case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
