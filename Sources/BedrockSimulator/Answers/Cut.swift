/// A text up to the first stop sequence or the limit of tokens, whichever comes first.
struct Cut: Sendable, Hashable {
    let text: String
    let reason: Answer.StopReason
    /// The stop sequence that ended it.
    let stoppedBy: String?

    /// Cuts a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - inference: The stop sequences and the limit.
    ///   - spent: The tokens of the limit that thoughts have used up.
    init(_ text: String, by inference: ConverseRequest.InferenceConfiguration, spent: Int) {
        let stops = inference.stopSequences.compactMap { sequence in
            Self.firstOffset(of: sequence, in: text).map { (offset: $0, sequence: sequence) }
        }
        let stop = stops.min { $0.offset < $1.offset }
        let length = stop?.offset ?? text.utf8.count
        let left = inference.maxTokens.map { max(0, $0 - spent) } ?? Int.max
        if TokenEstimate.tokens(bytes: length) > left {
            self.text = Self.prefix(of: text, bytes: left * TokenEstimate.bytesPerToken)
            (reason, stoppedBy) = (.maxTokens, nil)
        } else {
            self.text = Self.prefix(of: text, bytes: length)
            (reason, stoppedBy) = (stop == nil ? .endTurn : .stopSequence, stop?.sequence)
        }
    }

    /// The whole characters within the first bytes.
    private static func prefix(of text: String, bytes: Int) -> String {
        var length = 0
        return String(
            text.prefix { character in
                length += character.utf8.count
                return length <= bytes
            })
    }

    /// The byte offset at which the sequence first occurs.
    private static func firstOffset(of sequence: String, in text: String) -> Int? {
        let (text, sequence) = (Array(text.utf8), Array(sequence.utf8))
        guard !sequence.isEmpty, sequence.count <= text.count else { return nil }
        return (0...text.count - sequence.count).first { text[$0...].starts(with: sequence) }
    }
}
