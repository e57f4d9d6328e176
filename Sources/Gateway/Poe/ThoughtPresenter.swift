import BotConfiguration
import ChatEvents

/// Turns a model's thoughts into what the bot's users are to see of them.
struct ThoughtPresenter {
    private let display: ReasoningDisplay
    private var isQuoting = false
    private var hasShownStatus = false

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
                if !text.isEmpty { endQuote(into: &events) }
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
            // Every line of a quotation in Markdown begins with its mark.
            var quoted = isQuoting ? "" : "> "
            for scalar in thought.unicodeScalars {
                quoted.unicodeScalars.append(scalar)
                if scalar == "\n" { quoted += "> " }
            }
            isQuoting = true
            events.append(.text(quoted))
        }
    }

    private mutating func endQuote(into events: inout [ChatEvent]) {
        guard isQuoting else { return }
        events.append(.text("\n\n"))
        isQuoting = false
    }
}
