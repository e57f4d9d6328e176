import JSONCoding
import ModelCatalog
import WallClock

/// Answers requests that keep all rules: the simulated model.
struct Answerer: Sendable {
    let subject: AnswerSubject
    let cache: PromptCache
    /// Whether beginnings of prompts are cached without being asked for.
    var cachesImplicitly = false
    /// How the model thinks, where the request's own words do not decide.
    var thinkingPlan: ThinkingPlan?
    /// The most tools that it calls at once.
    var mostCalls = Int.max
    let now: Timestamp

    /// The fewest tokens that a model caches whose catalog entry does not say.
    private static let leastCached = 1024

    /// The answer to a request.
    func answer(to request: ConverseRequest) -> Answer {
        let measure = PromptMeasure(request, endsImplicitly: cachesImplicitly)
        var answer = Answer()
        answer.echoed = request.echoed
        answer.usage = usage(of: measure, request: request)
        guard var watch = GuardrailWatch(request, region: subject.region) else {
            fill(&answer, request: request, tokens: measure.tokens)
            answer.additionalFields = ResponseFields.fields(at: request.responseFieldPaths, of: answer)
            return answer
        }
        if watch.report.intervenes {
            watch.block(&answer, words: Self.words)
            answer.guardrail = watch.report
            return answer
        }
        fill(&answer, request: request, tokens: measure.tokens)
        watch.read(&answer, words: Self.words)
        answer.guardrail = watch.report
        answer.additionalFields = ResponseFields.fields(at: request.responseFieldPaths, of: answer)
        return answer
    }

    private func usage(of measure: PromptMeasure, request: ConverseRequest) -> Answer.Usage {
        var usage = Answer.Usage(input: measure.tokens)
        guard !measure.prefixes.isEmpty else { return usage }
        let used = cache.use(
            measure.prefixes, of: "\(subject.model.id) \(subject.region)",
            least: subject.model.promptCacheMinTokens ?? Self.leastCached, now: now)
        usage.isCached = true
        usage.cacheRead = used.read
        usage.cacheWrite = cachesImplicitly ? 0 : used.written
        usage.cacheLifetime = measure.prefixes.last?.lifetime ?? usage.cacheLifetime
        usage.input = measure.tokens - usage.cacheRead - usage.cacheWrite
        return usage
    }

    // MARK: - What is said

    private func fill(_ answer: inout Answer, request: ConverseRequest, tokens: Int) {
        let prompt = request.newestUserText
        if PromptTrigger.silence.isPulled(by: prompt) { return }
        if PromptTrigger.contentFilter.isPulled(by: prompt) {
            answer.stopReason = .contentFiltered
            return
        }
        if PromptTrigger.contextOverflow.isPulled(by: prompt) {
            answer.stopReason = .contextWindowExceeded
            return
        }
        answer.blocks = thoughts(about: request)
        answer.usage.thinking = answer.blocks.reduce(0) { $0 + TokenEstimate.tokens(bytes: $1.byteCount) }
        if let command = ToolCommand(request) {
            let calls = command.calls.prefix(mostCalls)
            let announcement = "Calling \(SpokenText.counted(calls.count, "tool"))."
            answer.blocks.append(.text(deltas: Self.words(of: announcement)))
            answer.blocks += blocks(of: calls, after: request.messages.count)
            answer.stopReason = .toolUse
        } else {
            let cut = Cut(text(to: request, tokens: tokens), by: request.inference, spent: answer.usage.thinking)
            let deltas = Self.words(of: cut.text)
            if !deltas.isEmpty { answer.blocks.append(.text(deltas: deltas)) }
            (answer.stopReason, answer.stoppedBy) = (cut.reason, cut.stoppedBy)
        }
        answer.usage.output = answer.blocks.reduce(0) { $0 + TokenEstimate.tokens(bytes: $1.byteCount) }
    }

    private func text(to request: ConverseRequest, tokens: Int) -> String {
        if let schema = request.answerSchema { return SchemaExample.value(of: schema).text() }
        if let word = SpokenText.dictatedWord(in: request.newestUserText) { return word }
        let results = request.newestUserContent.compactMap(\.toolResult)
        if !results.isEmpty { return SpokenText.reception(of: results) }
        return SpokenText.paragraph(about: request, subject: subject, tokens: tokens)
    }

    private func thoughts(about request: ConverseRequest) -> [Answer.Block] {
        let text = SpokenText.thoughts(about: request, subject: subject)
        switch thinkingPlan ?? ThinkingPlan(request, model: subject.model) {
        case .none: return []
        case .signed: return [.thinking(deltas: Self.words(of: text), signature: subject.signature(of: text))]
        case .open: return [.thinking(deltas: Self.words(of: text), signature: nil)]
        case .masked: return [.thinking(deltas: [ThinkingPlan.mask], signature: nil)]
        case .hidden: return [.hiddenThinking(subject.signature(of: text))]
        }
    }

    private func blocks(of calls: some Sequence<ToolCommand.Call>, after messages: Int) -> [Answer.Block] {
        calls.enumerated().map { position, call in
            .toolUse(
                id: subject.callID(of: call, at: position, after: messages), name: call.name, input: call.input,
                fragments: Self.fragments(of: call.input.text()))
        }
    }

    // MARK: - How it is cut into pieces

    /// The words, each with the white space in front of it.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var current = ""
        for character in text {
            if character.isWhitespace, current.contains(where: { !$0.isWhitespace }) {
                words.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { words.append(current) }
        return words
    }

    /// The text in pieces of seven characters, which tears words and escapes apart; an empty object has none.
    private static func fragments(of json: String) -> [String] {
        guard json != "{}" else { return [] }
        var fragments: [String] = []
        var rest = Array(json.unicodeScalars)[...]
        while !rest.isEmpty {
            var fragment = String.UnicodeScalarView()
            fragment.append(contentsOf: rest.prefix(7))
            fragments.append(String(fragment))
            rest = rest.dropFirst(7)
        }
        return fragments
    }
}
