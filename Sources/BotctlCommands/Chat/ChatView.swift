import Conversation
import DiagnosticRendering
import PoeProtocol
private import Synchronization

/// Answers for people: one after the other in the order of the bots, each as it comes once the one before has ended.
final class ChatView: ChatListener {
    private struct State {
        var printers: [AnswerPrinter] = []
        /// What has come of answers that are not shown yet.
        var waiting: [[AnswerProgress]] = []
        /// The answer that is shown.
        var active = 0
        var start = ContinuousClock.now
    }

    let waiting: WaitingLine
    private let terminal: Terminal
    private let names: [String]
    private let upstream: String?
    private let savesFiles: Bool
    private let state = Mutex(State())

    /// A view.
    ///
    /// - Parameters:
    ///   - terminal: Where answers are shown.
    ///   - names: The bots' names.
    ///   - upstream: What stands behind the answers; nil where it is not known.
    ///   - savesFiles: Whether files of answers are kept elsewhere.
    init(_ terminal: Terminal, names: [String], upstream: String?, savesFiles: Bool) {
        self.terminal = terminal
        self.names = names
        self.upstream = upstream
        self.savesFiles = savesFiles
        waiting = WaitingLine(terminal: terminal)
    }

    func begin() {
        state.withLock { state in
            state = State()
            state.printers = names.map {
                AnswerPrinter(terminal, waiting: waiting, name: $0, savesFiles: savesFiles)
            }
            state.waiting = names.map { _ in [] }
            beginActive(&state)
        }
    }

    func take(_ index: Int, _ progress: AnswerProgress) {
        state.withLock { state in
            guard index == state.active else { return state.waiting[index].append(progress) }
            show(progress, &state)
        }
    }

    func saved(_ index: Int, _ file: PoeFile, at path: String) { terminal.output(path.printable) }

    func failed(_ index: Int, toSave file: PoeFile, because reason: String) {
        terminal.show(CommandFailure(.failure, "\(names[index]): '\(file.name)' was not saved: \(reason)".printable))
    }

    private func show(_ progress: AnswerProgress, _ state: inout State) {
        switch progress {
        case .event(let event): state.printers[state.active].show(event)
        case .ended(let end):
            state.printers[state.active].finish(end, upstream: upstream)
            state.active += 1
            guard state.active < names.count else { return }
            beginActive(&state)
            let missed = state.waiting[state.active]
            state.waiting[state.active] = []
            for progress in missed { show(progress, &state) }
        }
    }

    private func beginActive(_ state: inout State) {
        if names.count > 1 {
            let label = terminal.outputStyle.bold(terminal.outputStyle.cyan("@\(names[state.active])"))
            terminal.output(state.active == 0 ? label : "\n" + label)
        }
        waiting.begin(names[state.active], since: state.start)
    }
}
