import JSONCoding

/// What a command found, for people and for scripts.
protocol ResultView {
    /// Writes it to standard output for people; what is only said beside it, to standard error.
    func show(_ terminal: Terminal)

    /// It for scripts, without the format's version.
    var json: JSONObject { get }
}

extension Terminal {
    /// Writes a command's result to standard output.
    func output(_ view: some ResultView, as format: OutputFormat) {
        switch format {
        case .json: outputJSON(view.json)
        case .human: view.show(self)
        }
    }
}
