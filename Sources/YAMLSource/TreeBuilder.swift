import CLibYAML
import Diagnostics

/// Builds the tree of one file from libyaml's events, within the bounds, and collects what is wrong with it.
struct TreeBuilder {
    /// A collection whose end has not been met.
    struct Frame {
        let record: Int
        let isMapping: Bool
        let anchor: String?
        /// How many values, aliases expanded, came before the collection.
        let expandedBefore: Int
        /// How many bytes of text, aliases expanded, came before the collection.
        let bytesBefore: Int
        var children = 0
        /// How deep the collection nests below itself: 1 for one without collections in it.
        var height = 1
        /// Where the last child ended.
        var end: Int
    }

    /// What a name after `&` stands for.
    struct Anchor {
        let record: Int
        /// How many values it stands for; 0 while its end has not been met.
        var expandedNodes = 0
        /// How many bytes of text it stands for.
        var expandedBytes = 0
        var height = 0
    }

    enum Step {
        case goOn
        /// The document is whole, or has all that will be read of it.
        case finish
        /// The document cannot be read further and is given up.
        case giveUp
    }

    let text: SourceText
    let limits: YAMLLimits
    var records: [YAMLRecord] = []
    var decoded: [UInt8] = []
    var diagnostics = DiagnosticList()
    var frames: [Frame] = []
    var anchors: [String: Anchor] = [:]
    /// How many values the document holds so far, with aliases expanded.
    var expandedNodes = 0
    /// How many bytes the texts of the document have so far, with aliases expanded.
    var expandedBytes = 0
    private var documents = 0

    init(text: SourceText, limits: YAMLLimits) {
        self.text = text
        self.limits = limits
    }

    mutating func build() -> YAMLParseResult {
        let isComplete = readAll()
        let found = diagnostics.sorted(of: text)
        guard isComplete else { return YAMLParseResult(document: nil, diagnostics: found) }
        let tree = YAMLTree(text: text, records: records, decoded: decoded)
        return YAMLParseResult(document: YAMLDocument(tree: tree), diagnostics: found)
    }

    /// Reads the file; false when the document had to be given up.
    private mutating func readAll() -> Bool {
        guard text.bytes.count <= limits.bytes else {
            diagnostics.append(
                .fileTooLarge, "the file has \(text.bytes.count) bytes, more than the \(limits.bytes) allowed", at: nil,
                help: "split it, or move long texts into files of their own")
            return false
        }
        return text.bytes.withUnsafeBufferPointer { bytes in
            switch TextCheck(bytes) {
            case .problem(let problem):
                diagnostics.append(problem.code, problem.message, at: problem.range, help: problem.help)
                return false
            case .text(let base, let isASCII):
                records.reserveCapacity(min(bytes.count / 8 + 8, limits.nodes))
                return read(bytes, cursor: CharacterCursor(bytes, base: base, isASCII: isASCII), base: base)
            }
        }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, cursor: CharacterCursor, base: Int) -> Bool {
        var cursor = cursor
        guard let reader = EventReader(UnsafeBufferPointer(rebasing: bytes[base...])) else {
            diagnostics.append(.yamlSyntax, "there is not enough memory to read the file", at: nil)
            return false
        }
        while true {
            let step = reader.withNextEvent { event in
                let start = cursor.offset(of: Int(event.pointee.start_mark.index))
                let end = max(start, cursor.offset(of: Int(event.pointee.end_mark.index)))
                return take(event, at: start..<end, of: bytes)
            }
            switch step {
            case .goOn: continue
            case .finish: return true
            case .giveUp: return false
            case nil:
                let failure = reader.failure
                let problem = SyntaxProblem(
                    failure, at: cursor.offset(of: failure.character),
                    contextAt: failure.contextCharacter.map { cursor.offset(of: $0) }, within: surroundings(in: bytes),
                    in: bytes)
                diagnostics.append(
                    .yamlSyntax, problem.message, at: problem.range, help: problem.help, note: problem.note)
                return false
            }
        }
    }

    /// What was read last, for the message about a failure.
    private func surroundings(in bytes: UnsafeBufferPointer<UInt8>) -> SyntaxProblem.Surroundings {
        var surroundings = SyntaxProblem.Surroundings()
        if let frame = frames.last, records[frame.record].flags.contains(.flow) {
            // A pair within brackets is a mapping without braces of its own.
            surroundings.flow = frames.reversed().map { Int(records[$0.record].start) }.first {
                $0 < bytes.count && (bytes[$0] == UInt8(ascii: "[") || bytes[$0] == UInt8(ascii: "{"))
            }
        }
        if let last = records.last, last.shape == .singleQuoted || last.shape == .doubleQuoted,
            bytes[last.range].contains(0x0A)
        {
            surroundings.quote = Int(last.start)
        }
        return surroundings
    }

    private mutating func take(
        _ event: UnsafeMutablePointer<yaml_event_t>, at range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) -> Step {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT: return scalar(event, at: range, of: bytes)
        case YAML_ALIAS_EVENT: return alias(String(reading: event.pointee.data.alias.anchor) ?? "", at: range)
        case YAML_MAPPING_START_EVENT:
            let start = event.pointee.data.mapping_start
            return open(
                .mapping, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, anchor: String(reading: start.anchor),
                tag: String(reading: start.tag), at: range, of: bytes)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.pointee.data.sequence_start
            return open(
                .sequence, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, anchor: String(reading: start.anchor),
                tag: String(reading: start.tag), at: range, of: bytes)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            close(at: range, of: bytes)
            return .goOn
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            guard documents > 1 else { return .goOn }
            diagnostics.append(
                .severalDocuments, "a second YAML document starts here; a file holds one", at: range,
                help: "remove the '---', or put what follows into a file of its own")
            return .finish
        case YAML_STREAM_END_EVENT: return .finish
        default: return .goOn
        }
    }
}

extension String {
    /// libyaml's text, which is valid UTF-8 because the file is; nil for none.
    init?(reading text: UnsafeMutablePointer<yaml_char_t>?) {
        guard let text else { return nil }
        self.init(cString: text)
    }
}
