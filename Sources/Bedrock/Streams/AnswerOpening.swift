import ChatEvents

/// Holds back the events of an answer until one shows that there is more to it than a malformed end.
///
/// Such an answer is nothing that its own service could read; nobody needs to see it, and another try may do better.
/// What it took has been paid for all the same.
struct AnswerOpening {
    /// Whether the answer was nothing but malformed, so far or at its end.
    private(set) var isMalformed = false
    /// What the answers took up to now, those before included; nil when none of them said.
    private(set) var usage: TokenUsage?

    private var isOpen = false

    /// Begins an answer.
    ///
    /// - Parameter spent: What answers before it took that nobody saw; added to the usage of this one.
    init(adding spent: TokenUsage?) { usage = spent }

    /// Lets through what is to be delivered of a batch.
    mutating func pass(_ batch: [ChatEvent]) -> [ChatEvent] {
        if !isOpen {
            if batch.first == .finished(.malformed) { isMalformed = true } else { isOpen = !isMalformed }
        }
        guard isOpen, usage == nil else { return batch.compactMap { passed($0) } }
        return batch
    }

    private mutating func passed(_ event: ChatEvent) -> ChatEvent? {
        guard case .usage(let own) = event else { return isOpen ? event : nil }
        let sum = usage.map { $0.adding(own) } ?? own
        usage = sum
        return isOpen ? .usage(sum) : nil
    }
}

extension TokenUsage {
    /// The tokens of two answers.
    fileprivate func adding(_ other: TokenUsage) -> TokenUsage {
        func sum(_ left: Int, _ right: Int) -> Int {
            let (sum, overflows) = left.addingReportingOverflow(right)
            return overflows ? .max : sum
        }
        return TokenUsage(
            input: sum(input, other.input), output: sum(output, other.output),
            cacheRead: sum(cacheRead, other.cacheRead), cacheWrite: sum(cacheWrite, other.cacheWrite),
            statedTotal: statedTotal.flatMap { left in other.statedTotal.map { sum(left, $0) } })
    }
}
