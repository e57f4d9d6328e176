/// What a fault puts into a stream.
struct FaultScript: Sendable {
    /// Bytes to send.
    let bytes: [UInt8]
    /// What happens then.
    var steps: [AnswerDelivery.Step] = []
    /// Whether nothing of the answer follows.
    var endsStream = true

    /// The script of a fault.
    ///
    /// - Parameters:
    ///   - fault: A fault within an answer.
    ///   - format: The answer's format.
    ///   - next: The bytes of the event that would come next; nil at the end.
    /// - Throws: An error of the codec.
    init(_ fault: Fault, format: any AnswerFormat, next: [UInt8]?) throws {
        let next = try next ?? format.unknownEvent()
        if let error = fault.kind.streamError {
            bytes = try format.failure(error)
            return
        }
        switch fault.kind {
        case .corruptCRC: bytes = Self.flipped(next, at: next.count - 1)
        case .corruptPrelude: bytes = Self.flipped(next, at: min(8, next.count - 1))
        case .truncatedFrame: bytes = Array(next.prefix(next.count / 2))
        case .oversizedFrame: bytes = format.oversizedEvent()
        case .malformedEvent: bytes = try format.malformedEvent()
        case .unknownEvent:
            bytes = try format.unknownEvent()
            endsStream = false
        case .stallMidStream:
            bytes = []
            steps = [.stall(fault.wait), .reset]
        case .resetMidStream:
            bytes = []
            steps = [.reset]
        default:
            bytes = []
            steps = [.cut]
        }
    }

    private static func flipped(_ bytes: [UInt8], at index: Int) -> [UInt8] {
        var bytes = bytes
        if bytes.indices.contains(index) { bytes[index] ^= 0xFF }
        return bytes
    }
}
