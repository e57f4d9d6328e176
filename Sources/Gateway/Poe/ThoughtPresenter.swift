import BotConfiguration
import ChatEvents
import PoeProtocol

/// Turns a model's thoughts into what the bot's users are to see of them.
struct ThoughtPresenter {
    private let display: ReasoningDisplay
    private var isQuoting = false
    private var hasShownStatus = false
    /// Whether a quotation's last character was a carriage return, which a line feed may complete.
    private var isAfterCarriageReturn = false
    /// How many line breaks the answer so far ends in; 2 at its start, where nothing stands in front.
    private var trailingBreaks = 2

    /// A presenter for one answer.
    init(_ display: ReasoningDisplay) { self.display = display }

    /// The events with thoughts as users see them; in order, and nothing else of them changed.
    mutating func presented(_ batch: [ChatEvent]) -> [ChatEvent] {
        guard display != .hidden else { return batch }
        var events: [ChatEvent] = []
        events.reserveCapacity(batch.count)
        for event in batch {
            switch event {
            case .reasoning(let thought): present(thought, into: &events)
            case .text(let text):
                if !text.isEmpty {
                    endQuote(into: &events)
                    countBreaks(in: text)
                }
                events.append(event)
            case .file:
                endQuote(into: &events)
                events.append(event)
            case .reasoningBlock, .toolCallStarted, .toolCallInput, .status, .finished, .usage: events.append(event)
            }
        }
        return events
    }

    private mutating func present(_ thought: String, into events: inout [ChatEvent]) {
        switch display {
        case .hidden: break
        case .status:
            if !hasShownStatus { events.append(.status("Thinking…")) }
            hasShownStatus = true
        case .quoted:
            guard !thought.isEmpty else { return }
            events.append(.text((isQuoting ? "" : opening) + quoted(thought)))
            isQuoting = true
        }
    }

    /// A quotation is one only at the start of a line, and apart from the paragraph in front of it.
    private var opening: String {
        String(repeating: "\n", count: max(0, 2 - trailingBreaks)) + QuotedThoughts.heading + "\n>\n> "
    }

    /// Every line of a quotation in Markdown begins with its mark; each of the three line ends begins a line.
    private mutating func quoted(_ thought: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in thought.unicodeScalars {
            let completesLineEnd = scalar == "\n" && isAfterCarriageReturn
            isAfterCarriageReturn = scalar == "\r"
            if completesLineEnd { continue }
            if scalar == "\n" || scalar == "\r" {
                result.append(contentsOf: "\n> ".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private mutating func endQuote(into events: inout [ChatEvent]) {
        guard isQuoting else { return }
        events.append(.text("\n\n"))
        isQuoting = false
        isAfterCarriageReturn = false
        trailingBreaks = 2
    }

    private mutating func countBreaks(in text: String) {
        let breaks = text.utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        trailingBreaks = breaks == text.utf8.count ? min(2, trailingBreaks + breaks) : min(2, breaks)
    }
}
