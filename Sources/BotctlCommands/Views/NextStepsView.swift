/// What a person may do next, a line each.
struct NextStepsView {
    /// One of the ways to go on.
    struct Step: Hashable, Sendable {
        /// A command to be pasted, or words.
        let command: String
        /// What it does; nil where that is clear.
        let purpose: String?

        init(_ command: String, _ purpose: String? = nil) {
            self.command = command
            self.purpose = purpose
        }
    }

    /// The widest column of commands beside which purposes stand; longer commands have theirs on the next line.
    private static let widest = 40

    let steps: [Step]

    /// Writes them to standard error; a command stays on one line, for it to be pasted.
    func show(_ terminal: Terminal) {
        terminal.note("next:")
        let lengths = steps.filter { $0.purpose != nil }.map(\.command.count)
        let column = min(lengths.max() ?? 0, Self.widest) + 6
        for step in steps {
            guard let purpose = step.purpose else {
                terminal.note("  \(step.command)")
                continue
            }
            var start = "  \(step.command)"
            if start.count + 2 > column {
                terminal.note(start)
                start = ""
            }
            let gap = String(repeating: " ", count: column - start.count)
            terminal.note(purpose, after: start + gap, columns: column, indent: column)
        }
    }
}
