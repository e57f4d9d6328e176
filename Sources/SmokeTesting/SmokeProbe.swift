import BotConfiguration
import ChatEvents
import PoeProtocol

/// One case, asked once.
struct SmokeProbe: Sendable {
    /// The longest answer that is kept for comparing, in bytes.
    static let answerLimitInBytes = 1_000_000
    /// The most files of an answer that are looked at.
    static let fileLimit = 16

    let target: SmokeTarget
    let smokeCase: SmokeCase
    let client: PoeClient
    let timeouts: PoeClientTimeouts

    /// Asks, and judges the answer.
    ///
    /// - Throws: `CancellationError`.
    func run() async throws -> SmokeVerdict {
        let clock = ContinuousClock()
        let start = clock.now
        var text = ""
        var files: [PoeFile] = []
        var firstEvent: Duration?
        var requestID: String?
        let finding: SmokeFinding
        do {
            let message = PoeMessage(
                role: .user, content: smokeCase.prompt, attachments: smokeCase.attachments.map(PoeAttachment.init))
            let query = PoeQuery(messages: [message])
            let answer = try await client.stream(
                query, to: target.url, accessKey: target.accessKey, timeouts: timeouts
            ) { event, arrival in
                if firstEvent == nil, !event.precedesAnswer { firstEvent = start.duration(to: arrival) }
                switch event {
                case .text(let more) where text.utf8.count < Self.answerLimitInBytes: text += more
                case .replaceResponse(let whole): text = whole
                case .file(let file) where files.count < Self.fileLimit: files.append(file)
                default: break
                }
            }
            requestID = answer.requestID
            finding = try await judge(answer, text: text, files: files, firstEvent: firstEvent)
        } catch let error as PoeClientError {
            requestID = error.requestID
            finding = judge(error)
        }
        var verdict = SmokeVerdict(
            bot: target.bot, smokeCase: smokeCase.name, result: finding.result, reason: finding.reason,
            firstEvent: firstEvent, total: start.duration(to: clock.now), requestID: requestID)
        verdict.isWithoutGateway = finding.isWithoutGateway
        return verdict
    }
}

/// A result with its reason.
struct SmokeFinding {
    var result: SmokeVerdict.Result
    var reason: String?
    /// Whether nothing answers where the gateway should be.
    var isWithoutGateway = false
}

extension SmokeProbe {
    private func judge(
        _ answer: PoeAnswer, text: String, files: [PoeFile], firstEvent: Duration?
    ) async throws -> SmokeFinding {
        if let fault = digestFault(answer.botDigest) { return fault }
        if let failure = answer.failure {
            // To ask for the picture is the right answer of a bot that needs one; what it makes of it nobody sees here.
            let isAsking = failure.rawResponse == ChatFailure.Kind.invalidRequest.rawValue
            let mayAsk = target.asksForPicture && target.cases.isEmpty
            return isAsking && mayAsk ? SmokeFinding(result: .pass) : judge(failure)
        }
        guard target.digest == nil || answer.botDigest != nil else {
            return SmokeFinding(result: .fail, reason: "the answer does not say which configuration gave it")
        }
        let isBlank = text.allSatisfy(\.isWhitespace)
        guard !isBlank || !files.isEmpty else {
            return SmokeFinding(result: .fail, reason: "expected an answer, got an empty one")
        }
        if let wanted = smokeCase.expect.contains, !text.lowercased().contains(wanted.lowercased()) {
            return SmokeFinding(result: .fail, reason: "expected '\(excerpt(wanted))', got '\(excerpt(text))'")
        }
        if let limit = smokeCase.expect.firstEventWithin, let firstEvent, firstEvent > limit {
            return SmokeFinding(
                result: .fail,
                reason: "expected the first event within \(seconds(limit)), it came after \(seconds(firstEvent))")
        }
        if let wanted = smokeCase.expect.file {
            return try await SmokeFileCheck(client: client, timeouts: timeouts).judge(files, wanted: wanted)
        }
        return SmokeFinding(result: .pass)
    }

    /// A bot that says that it failed: its own fault, unless the moment or the account is.
    ///
    /// A gateway of ours tells the kind of failure; of another, one that may be tried again counts as the moment's.
    private func judge(_ failure: PoeErrorEvent) -> SmokeFinding {
        let text = excerpt(failure.text ?? "no text")
        let mayPass: Bool
        switch failure.rawResponse.flatMap(ChatFailure.Kind.init) {
        case .throttled, .quotaExhausted, .unavailable, .timedOut, .overloaded, .shuttingDown: mayPass = true
        case .inputTooLong, .invalidRequest, .contentFiltered, .unauthorized, .misconfigured, .modelError,
            .botUnavailable, .insufficientFunds, .internalError:
            mayPass = false
        case nil: mayPass = failure.allowsRetry && failure.errorType == nil
        }
        return SmokeFinding(
            result: mayPass ? .inconclusive : .fail,
            reason: mayPass ? "the bot could not answer now: '\(text)'" : "the bot answered with an error: '\(text)'")
    }

    private func judge(_ error: PoeClientError) -> SmokeFinding {
        if let fault = digestFault(error.botDigest) { return fault }
        switch error.code {
        case .unreachable:
            return SmokeFinding(
                result: .inconclusive, reason: "no gateway at \(gateway): \(error.message)", isWithoutGateway: true)
        case .timedOut: return SmokeFinding(result: .inconclusive, reason: error.message)
        case .refused:
            let isDown = (error.status ?? 0) >= 500 && error.status != 501
            return SmokeFinding(result: isDown ? .inconclusive : .fail, reason: error.message)
        case .invalidTarget, .protocolFault, .tooLarge: return SmokeFinding(result: .fail, reason: error.message)
        }
    }

    /// The gateway's base URL, as far as the bot's URL tells it.
    private var gateway: String {
        let path = "/bots/" + target.bot
        return target.url.hasSuffix(path) ? String(target.url.dropLast(path.count)) : target.url
    }

    private func digestFault(_ answered: String?) -> SmokeFinding? {
        guard let wanted = target.digest, let answered, answered != wanted.text else { return nil }
        return SmokeFinding(
            result: .fail, reason: "the gateway serves \(answered.prefix(12)), not \(wanted.short): it is behind")
    }

    private func excerpt(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count <= 120 ? line : line.prefix(119) + "…"
    }

    private func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        return "\(milliseconds) ms"
    }
}

extension PoeEvent {
    /// Whether the event comes before the answer itself.
    fileprivate var precedesAnswer: Bool {
        switch self {
        case .meta, .ping: true
        default: false
        }
    }
}
