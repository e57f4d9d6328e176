/// A syntax error of libyaml, retold for the person who wrote the file.
struct SyntaxProblem {
    /// What was read last before a failure.
    struct Surroundings {
        /// The innermost bracket or brace that is open.
        var flow: Int?
        /// The quote that starts the last value, when that value goes on over several lines.
        var quote: Int?
    }

    private(set) var message: String
    private(set) var range: Range<Int>
    private(set) var help: String?
    private(set) var note: (message: String, range: Range<Int>)?

    /// Retells a failure.
    ///
    /// - Parameters:
    ///   - failure: What libyaml said.
    ///   - offset: The byte at which it stopped.
    ///   - context: The byte at which what it was reading began.
    ///   - surroundings: What was read last, as bytes.
    ///   - bytes: The file.
    init(
        _ failure: EventReader.Failure, at offset: Int, contextAt context: Int?, within surroundings: Surroundings,
        in bytes: UnsafeBufferPointer<UInt8>
    ) {
        let place = SyntaxPlace(offset: offset, bytes: bytes)
        message = failure.problem.isEmpty ? "the file is not valid YAML" : "not valid YAML: \(failure.problem)"
        range = place.token
        if let context, context < offset, !failure.context.isEmpty {
            note = ("found \(failure.context), which starts here", context..<context + 1)
        }
        let start = SyntaxPlace(offset: context ?? offset, bytes: bytes)
        if retellIndentation(failure, place, start) {
            if !place.isInIndentation, let quote = surroundings.quote {
                note = ("the text in quotes before it starts here", quote..<quote + 1)
            }
            return
        }
        if place.isAtEnd, let flow = surroundings.flow, failure.problem == "did not find expected node content" {
            reportUnclosed(SyntaxPlace(offset: flow, bytes: bytes))
            return
        }
        if retellUnclosed(failure, place, start) { return }
        retellValue(failure, place, start)
    }

    private mutating func say(_ message: String, at range: Range<Int>, help: String) {
        self.message = message
        self.range = range
        self.help = help
        note = nil
    }

    /// Tabs, and lines that start in the wrong column.
    private mutating func retellIndentation(
        _ failure: EventReader.Failure, _ place: SyntaxPlace, _ start: SyntaxPlace
    ) -> Bool {
        switch failure.problem {
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected",
            "found character that cannot start any token" where place.byte == UInt8(ascii: "\t"):
            say(
                place.isInIndentation
                    ? "a tab is used for indentation; YAML allows only spaces there"
                    : "a tab stands where YAML allows only spaces",
                at: place.tabs, help: "write two spaces for each level")
        case "did not find expected key" where failure.context == "while parsing a block mapping":
            reportMisfit(in: "mapping", place, start, help: "all keys of a mapping start in the same column")
        case "did not find expected '-' indicator":
            reportMisfit(in: "list", place, start, help: "all '-' of a list stand in the same column")
        case "did not find expected <document start>":
            say(
                "this does not belong to the value that the file started with", at: place.token,
                help: "a file holds one value: keys in the first column, or a list, not both")
        default: return false
        }
        return true
    }

    /// Something that follows the entries of a block and is none of them.
    private mutating func reportMisfit(
        in collection: String, _ place: SyntaxPlace, _ start: SyntaxPlace, help: String
    ) {
        guard place.isInIndentation else {
            say(
                "nothing may follow the value here", at: place.restOfLine,
                help: "put a value that holds quotes or brackets in quotes as a whole")
            return
        }
        if place.byte == UInt8(ascii: ":") {
            say("there is no key in front of this ':'", at: place.point, help: "write 'key: value'")
            return
        }
        defer { note = ("the \(collection) starts here", start.token) }
        if place.column == start.column, place.isListEntry {
            say(
                "a '-' starts an entry of a list, and these are the keys of a mapping", at: place.point,
                help: "remove the '-', or write the list below a key of its own")
            return
        }
        say(
            "this line does not fit into the \(collection) that it follows", at: place.token,
            help: place.column == start.column
                ? "start it with '- ', or write the list below a key of its own"
                : "\(help): start it in column \(columns(for: place, start))")
    }

    /// Where a line that does not fit may start: with the collection, or with the deeper lines above it.
    private func columns(for place: SyntaxPlace, _ start: SyntaxPlace) -> String {
        guard let above = place.lineAbove?.column, above > place.column, start.column < place.column else {
            return "\(start.column)"
        }
        return "\(start.column) or \(above)"
    }

    private mutating func reportUnclosed(_ start: SyntaxPlace) {
        say(
            "the '\(start.character)' that starts here is never closed", at: start.point,
            help: "close it with '\(start.byte == UInt8(ascii: "{") ? "}" : "]")'")
    }

    /// Quotes, brackets and braces without an end, and keys without a colon.
    private mutating func retellUnclosed(_ failure: EventReader.Failure, _ place: SyntaxPlace, _ start: SyntaxPlace)
        -> Bool
    {
        switch (failure.problem, failure.context) {
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", "while scanning a quoted scalar"):
            let quote = start.character
            say(
                "the quote \(quote) that starts here is never closed", at: start.point,
                help: quote == "'" ? "close it with '; within single quotes write '' for '" : "close it with \(quote)")
        case ("did not find expected ',' or '}'", _), ("did not find expected ',' or ']'", _):
            guard !place.isAtEnd, !place.hasLeftBlock(of: start) else {
                reportUnclosed(start)
                return true
            }
            if let reference = place.reference {
                say(
                    "a reference within brackets or braces needs quotes", at: reference,
                    help: "write \"\(String(decoding: place.bytes[reference], as: UTF8.self))\"")
                return true
            }
            say(
                "expected ',' or '\(start.byte == UInt8(ascii: "{") ? "}" : "]")' here", at: place.token,
                help: "put a value that holds special characters in quotes")
            note = ("the '\(start.character)' is here", start.point)
        case ("could not find expected ':'", _):
            if let key = start.assignedKey {
                reportAssignment(to: key, start)
                return true
            }
            say(
                "there is no ':' after this key", at: start.restOfLine,
                help: "write 'key: value'; a text over several lines starts with '|' or is indented deeper than its key"
            )
        default: return false
        }
        return true
    }

    private mutating func reportAssignment(to key: String, _ place: SyntaxPlace) {
        say(
            "there is no ':' after this key", at: place.restOfLine,
            help: "write '\(key): ', with a colon in place of the equals sign")
    }

    /// Values that mean something else than their author thought.
    private mutating func retellValue(_ failure: EventReader.Failure, _ place: SyntaxPlace, _ start: SyntaxPlace) {
        switch failure.problem {
        case "mapping values are not allowed in this context":
            if place.followsColon {
                say(
                    "a second ':' in one line", at: place.point,
                    help: "put a value that holds ': ' in quotes; write a nested key on a line of its own")
            } else if let above = place.lineAbove, let key = above.assignedKey {
                reportAssignment(to: key, above)
            } else {
                say(
                    "this line continues the value above it, so it cannot be a key", at: place.lineSoFar,
                    help: "start it in the column of the key it stands beside, or give the line above its ':'")
            }
        case "block sequence entries are not allowed in this context":
            say(
                "a list cannot start here", at: place.point,
                help: "start it on the next line, or write it as [a, b]; put a text that starts with '-' in quotes")
        case "mapping keys are not allowed in this context":
            say("a '?' followed by a space is not allowed here", at: place.point, help: "put the text in quotes")
        case "found character that cannot start any token":
            say(
                "a value cannot start with '\(place.character)'", at: place.point, help: "put the value in quotes")
        case "did not find expected alphabetic or numeric character":
            say(
                "'\(start.character)' starts an \(start.byte == UInt8(ascii: "*") ? "alias" : "anchor"), and this is no name for one",
                at: start.token, help: "if '\(start.character)' belongs to the text, put the text in quotes")
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            let escape = place.byte == UInt8(ascii: "\\") ? place : place.backslashBefore
            say(
                "a \\ in double quotes starts an escape, and this is none that YAML knows", at: escape.escapeSequence,
                help: "write \\\\ for a backslash, or use single quotes")
        case "did not find expected comment or line break":
            say(
                "nothing may follow here on this line", at: place.restOfLine,
                help: "the text of '|' and '>' starts on the next line; put a text that starts with them in quotes")
        case "did not find expected node content" where place.byte == UInt8(ascii: ":"):
            say("there is no key in front of this ':'", at: place.point, help: "write 'key: value'")
        case "did not find expected node content":
            say(
                place.isAtEnd ? "the file ends where a value is expected" : "a value is expected here", at: place.token,
                help: "put a value that holds special characters in quotes")
        case "found unexpected ':'":
            say(
                "a ':' within brackets or braces needs a space after it", at: place.point,
                help: "write 'key: value'; put a text that holds ':' in quotes")
        case "found an indentation indicator equal to 0":
            say(
                "a text after '|' or '>' cannot be indented by 0", at: place.point,
                help: "remove the number; put a text that starts with '|' or '>' in quotes")
        case _ where failure.context.hasSuffix(" a tag"):
            say(
                "'!' starts a tag, and this is none", at: start.token,
                help: "if '!' belongs to the text, put the text in quotes")
        case "found undefined tag handle":
            say(
                "the tag '\(place.text)' means nothing in a configuration file", at: place.token,
                help: "if '!' belongs to the text, put the text in quotes")
        case _ where failure.context.hasSuffix("directive") || failure.problem.hasPrefix("found duplicate %"),
            "found incompatible YAML document":
            let line = start.byte == UInt8(ascii: "%") ? start : place
            say(
                "a line that starts with '%' speaks to the YAML parser, and this one means nothing to it",
                at: line.restOfLine, help: "remove the line; put a text that starts with '%' in quotes")
        case "out of memory":
            say("there is not enough memory to read the file", at: place.point, help: "make the file smaller")
        case "found unexpected end of stream":
            say("the file ends too early", at: place.point, help: "complete what was started")
        default: return
        }
    }
}
