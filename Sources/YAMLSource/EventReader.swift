import CLibYAML

/// libyaml's parser over one text: hands out events one by one and frees them.
///
/// The parser keeps pointers to itself, so it lives on the heap and is never copied.
struct EventReader: ~Copyable {
    /// What ended reading, in libyaml's words.
    struct Failure {
        var problem: String
        var context: String
        /// Where, in characters from the start of the text.
        var character: Int
        /// Where what libyaml was reading began; nil when it names no context.
        var contextCharacter: Int?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>

    /// A reader of UTF-8 without a byte order mark; nil when there is no memory for it.
    ///
    /// - Parameter input: Outlives the reader.
    init?(_ input: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) != 0 else {
            parser.deallocate()
            event.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// Lends the next event; nil when the text cannot be read further.
    func withNextEvent<Result>(_ body: (UnsafeMutablePointer<yaml_event_t>) -> Result) -> Result? {
        guard yaml_parser_parse(parser, event) != 0 else { return nil }
        defer { yaml_event_delete(event) }
        return body(event)
    }

    /// What ended reading, after ``withNextEvent(_:)`` gave nil.
    var failure: Failure {
        func text(_ words: UnsafePointer<CChar>?) -> String { words.map { String(cString: $0) } ?? "" }
        let context = text(parser.pointee.context)
        return Failure(
            problem: parser.pointee.error == YAML_MEMORY_ERROR ? "out of memory" : text(parser.pointee.problem),
            context: context,
            character: Int(parser.pointee.problem_mark.index),
            contextCharacter: context.isEmpty ? nil : Int(parser.pointee.context_mark.index))
    }
}
