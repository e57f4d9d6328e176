private import Synchronization

/// The steps of a piece of work as they happen, one line each on standard error: a moving sign while one is under way
/// on a terminal, then what came of it and how long it took.
final class StepProgress: Sendable {
    /// How a step ended.
    enum Mark: String, Sendable {
        case done, noted, failed, skipped
    }

    private struct Step {
        let name: String
        var frame = 0
    }

    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private static let nameWidth = 9

    private let terminal: Terminal
    private let current = Mutex<Step?>(nil)

    init(terminal: Terminal) { self.terminal = terminal }

    /// Runs the body, and meanwhile moves the sign of the step that is under way.
    func whileMoving<Value: Sendable>(_ body: () async -> Value) async -> Value {
        guard terminal.canDraw else { return await body() }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                // Ends with the body, which cancels it.
                while (try? await Task.sleep(for: .milliseconds(80))) != nil { move() }
            }
            defer { group.cancelAll() }
            return await body()
        }
    }

    /// Begins a step.
    func begin(_ name: String) {
        current.withLock { step in
            step = Step(name: name)
            if terminal.canDraw { draw(name, frame: 0) }
        }
    }

    /// Takes the step that is under way off the terminal while something else is shown.
    func pausing<Value>(_ body: () -> Value) -> Value {
        let paused = current.withLock { step in
            defer { step = nil }
            if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
            return step?.name
        }
        defer { if let paused { begin(paused) } }
        return body()
    }

    /// Ends the step that is under way.
    ///
    /// - Parameters:
    ///   - mark: How it ended.
    ///   - text: What came of it; empty where it is said elsewhere.
    ///   - time: How long it took.
    ///   - lines: What else is worth saying, a line each.
    func end(_ mark: Mark, _ text: String, after time: Duration, lines: [String] = []) {
        current.withLock { step in
            guard let ended = step else { return }
            step = nil
            if terminal.canDraw { terminal.writeError("\r\u{1B}[K") }
            let name = padded(ended.name, to: Self.nameWidth)
            let timeText = mark == .skipped ? "" : DurationView.text(time)
            let gap = String(repeating: " ", count: max(0, 7 - timeText.count))
            let start = "\(sign(of: mark)) \(name) \(gap)\(terminal.errorStyle.dim(timeText))"
            if text.isEmpty {
                terminal.note(start)
            } else {
                let columns = signWidth + Self.nameWidth + max(7, timeText.count) + 4
                terminal.note(text, after: start + "  ", columns: columns, indent: columns)
            }
            let indent = signWidth + 1
            let margin = String(repeating: " ", count: indent)
            for line in lines { terminal.note(line, after: margin, columns: indent, indent: indent + 2) }
        }
    }

    private func move() {
        current.withLock { step in
            guard let moved = step else { return }
            step?.frame += 1
            draw(moved.name, frame: moved.frame + 1)
        }
    }

    private func draw(_ name: String, frame: Int) {
        let sign = terminal.errorStyle.cyan(Self.frames[frame % Self.frames.count])
        terminal.writeError("\r\u{1B}[K\(sign) \(name)")
    }

    /// A sign on a terminal, a word elsewhere: logs are searched.
    private func sign(of mark: Mark) -> String {
        let style = terminal.errorStyle
        guard terminal.errorIsTerminal else {
            return switch mark {
            case .done: "ok    "
            case .noted: "note  "
            case .failed: "failed"
            case .skipped: "-     "
            }
        }
        return switch mark {
        case .done: style.green("✓")
        case .noted: style.yellow("!")
        case .failed: style.red("✗")
        case .skipped: style.dim("-")
        }
    }

    private var signWidth: Int { terminal.errorIsTerminal ? 1 : 6 }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
