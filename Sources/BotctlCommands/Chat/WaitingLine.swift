import DiagnosticRendering
private import Synchronization

/// A line on standard error that shows that an answer is awaited, or what the bot does meanwhile; drawn over, and taken
/// away as soon as there is something to read.
final class WaitingLine: Sendable {
    /// How long nothing is drawn: most answers begin sooner.
    private static let patience: Duration = .milliseconds(400)
    private static let frameInterval: Duration = .milliseconds(100)
    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

    private struct State {
        /// Who is awaited, since when; nil when nobody is.
        var awaited: (name: String, since: ContinuousClock.Instant)?
        var status: String?
        var isDrawn = false
        var frame = 0
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    init(terminal: Terminal) { self.terminal = terminal }

    /// Awaits the answer of a bot from now on.
    func begin(_ name: String, since: ContinuousClock.Instant) {
        state.withLock { $0 = State(awaited: (name, since)) }
    }

    /// Shows what the bot does.
    func show(_ status: String) {
        state.withLock { state in
            state.status = status
            draw(&state)
        }
    }

    /// Takes the line away; nothing is drawn before the next ``begin(_:since:)``.
    func clear() {
        state.withLock { state in
            state.awaited = nil
            guard state.isDrawn else { return }
            state.isDrawn = false
            terminal.writeError("\r\u{1B}[K")
        }
    }

    /// Runs the body, and meanwhile keeps the line moving.
    func whileMoving<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        guard terminal.canDraw else { return await body() }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                // Ends with the body, which cancels it.
                while (try? await Task.sleep(for: Self.frameInterval)) != nil { state.withLock { draw(&$0) } }
            }
            defer { group.cancelAll() }
            return await body()
        }
    }

    private func draw(_ state: inout State) {
        guard terminal.canDraw, let (name, since) = state.awaited else { return }
        let passed = since.duration(to: .now)
        guard state.status != nil || passed > Self.patience else { return }
        state.isDrawn = true
        state.frame += 1
        let seconds = passed.components.seconds
        let time = seconds > 0 ? "  \(seconds) s" : ""
        let room = max(8, terminal.width - 4 - time.count)
        let text = WrappedText("\(name): \(state.status ?? "is thinking")".printable, width: room, breaksWords: true)
        let style = terminal.errorStyle
        let sign = style.cyan(Self.frames[state.frame % Self.frames.count])
        terminal.writeError("\r\u{1B}[K\(sign) \(style.dim(text.lines[0] + time))")
    }
}
