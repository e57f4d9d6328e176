/// Watches a call for the guardrail that its request names: what goes in, and what the model says.
struct GuardrailWatch: Sendable {
    /// How many pieces of an answer are held back and delivered together.
    private static let heldPieces = 8

    private let mode: ConverseRequest.Guardrail.Mode
    private let prompt: String
    private(set) var report: GuardrailReport

    /// A watch that has read what goes in; nil without a guardrail.
    init?(_ request: ConverseRequest, region: String) {
        guard let named = request.guardrail else { return nil }
        let guardrail = SimulatedGuardrail(id: named.id, version: named.version, region: region)
        let texts = request.messages.flatMap(\.content).compactMap(\.guardableText)
        let total = texts.reduce(0) { $0 + $1.text.count }
        let marked = texts.filter(\.isMarked)
        let read = (marked.isEmpty ? texts : marked).map(\.text)
        report = GuardrailReport(
            guardrail: guardrail, trace: named.trace,
            input: guardrail.findings(in: read, ofTotal: total, from: .input))
        mode = named.mode
        prompt = request.newestUserText
    }

    /// Puts the guardrail's words in the place of an answer, and of its stream.
    func block(_ answer: inout Answer, words: (String) -> [String]) {
        answer.blocks = [.text(deltas: words(SimulatedGuardrail.blockedMessage))]
        answer.stopReason = .guardrailIntervened
        answer.stoppedBy = nil
    }

    /// Reads what the model says, and masks or replaces it.
    ///
    /// A stream that is watched while it runs has been sent when it is judged, so that its text stays as it is.
    ///
    /// Source: Amazon Bedrock user guide, "Configure streaming response behavior to filter content".
    mutating func read(_ answer: inout Answer, words: (String) -> [String]) {
        let said = answer.blocks.compactMap(\.saidText)
        guard !said.isEmpty else { return }
        var findings = report.guardrail.findings(in: said, from: .output)
        if PromptTrigger.blockedAnswer.isPulled(by: prompt) { findings.broken.insert(.topic) }
        report.output = findings
        if findings.isBlocking { report.modelOutput = said }
        switch (mode, findings.isBlocking) {
        case (.async, true): answer.stopReason = .guardrailIntervened
        case (.async, false): break
        case (.sync, true): block(&answer, words: words)
        case (.sync, false):
            answer.blocks = answer.blocks.map { block in
                guard let text = block.saidText else { return block }
                return .text(deltas: Self.held(words(MailAddresses.find(in: text).masked)))
            }
        }
    }

    private static func held(_ pieces: [String]) -> [String] {
        stride(from: 0, to: pieces.count, by: heldPieces).map {
            pieces[$0..<min($0 + heldPieces, pieces.count)].joined()
        }
    }
}

extension Answer.Block {
    /// The text of a block that is said to the user.
    fileprivate var saidText: String? {
        if case .text(let deltas) = self { deltas.joined() } else { nil }
    }
}

extension ConverseRequest.ContentBlock {
    /// A text that a guardrail reads, and whether the request marks it as the part that it is to read.
    fileprivate var guardableText: (text: String, isMarked: Bool)? {
        switch self {
        case .text(let text): (text, false)
        case .other("guardContent", let text): (text, true)
        case .toolResult(let result): (result.texts.joined(separator: "\n"), false)
        case .media, .toolUse, .thinking, .cachePoint, .other, .empty: nil
        }
    }
}
