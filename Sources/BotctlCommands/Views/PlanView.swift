import BotConfiguration
import Deployment
import DiagnosticRendering
import JSONCoding

/// What a deploy would change, for people.
struct PlanView: ResultView {
    let plan: Plan

    /// Writes the changes to standard output, and the summary to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        for change in plan.changes { show(change, terminal, style) }
        for (added, removed) in renamings {
            terminal.note(
                "  \(terminal.errorStyle.cyan("help:")) '\(added)' is what '\(removed)' was; to rename it, write "
                    + "'renamed_from: \(removed)' in its file")
        }
        let base = plan.base.map { "serial \($0.serial)" } ?? "nothing deployed yet"
        if plan.isEmpty {
            terminal.note("no changes: \(plan.environment) has what the files say (\(base))")
        } else {
            terminal.note("\(plan.environment): \(plan.summary) (against \(base))")
        }
    }

    /// The changes for scripts.
    var json: JSONObject { plan.json.object ?? JSONObject() }

    /// Bots that are added with the very configuration of one that is removed.
    private var renamings: [(added: String, removed: String)] {
        let removed = plan.changes.filter { $0.action == .remove }
        return plan.changes.filter { $0.action == .add }.compactMap { change in
            removed.first { $0.old?.digest == change.new?.digest }.map { (change.name, $0.name) }
        }
    }

    private func show(_ change: BotChange, _ terminal: Terminal, _ style: TextStyle) {
        terminal.output(heading(change, style))
        if let reason = change.unreadable { terminal.output(style.yellow("    \(reason)")) }
        switch change.action {
        case .remove: return
        case .add:
            // Of a new bot only what somebody wrote: the rest is the same for every bot.
            let written = change.fields.filter { $0.origin != nil && !$0.path.hasPrefix("smoke.") }
            let width = written.map(\.path.count).max() ?? 0
            for field in written {
                let padding = String(repeating: " ", count: width - field.path.count)
                terminal.output("    \(field.path)\(padding)  \(text(field.new, of: field))" + rest(field, style))
            }
        case .change, .rename, .enable, .disable, .smokeOnly, .unchanged:
            if change.isSchemaOnly { return }
            let width = change.fields.filter { !$0.isSchema }.map(\.path.count).max() ?? 0
            for field in change.fields {
                if field.isSchema {
                    terminal.output("    \(schemaText(field))")
                    continue
                }
                let old = field.comesToLife ? "(without effect)" : text(field.old, of: field)
                let values = "\(style.red(old)) -> \(style.green(text(field.new, of: field)))"
                let mark = field.isModelIdentity ? style.yellow("  another model answers") : ""
                let padding = String(repeating: " ", count: width - field.path.count)
                terminal.output("    \(field.path)\(padding)  \(values)\(mark)" + rest(field, style))
            }
        }
    }

    private func heading(_ change: BotChange, _ style: TextStyle) -> String {
        let file = change.file.map { style.dim("  \($0)") } ?? ""
        switch change.action {
        case .add: return style.green("+ \(change.name)") + file
        case .remove: return style.red("- \(change.name)") + style.dim("  in no file")
        case .rename: return style.yellow("> \(change.oldName ?? "") -> \(change.name)") + file
        case .change:
            let schema =
                change.isSchemaOnly ? change.fields.first.map { "  \(schemaText($0)), all else the same" } : nil
            return style.yellow("~ \(change.name)\(schema ?? "")") + file
        case .enable: return style.yellow("~ \(change.name)  switched on") + file
        case .disable: return style.yellow("~ \(change.name)  switched off") + file
        case .smokeOnly: return style.yellow("~ \(change.name)  smoke cases only") + file
        case .unchanged: return "  \(change.name)"
        }
    }

    /// What becomes of a value, and where it was written.
    private func rest(_ field: FieldChange, _ style: TextStyle) -> String {
        (field.adjustment.map { style.yellow("  (\($0))") } ?? "") + (field.origin.map { style.dim("  \($0)") } ?? "")
    }

    /// What became of the stored form's version, which no file holds.
    private func schemaText(_ field: FieldChange) -> String {
        "deployed with schema \(text(field.old, of: field)), now \(text(field.new, of: field))"
    }

    private func text(_ value: JSONValue?, of field: FieldChange) -> String {
        guard let value else { return "(unset)" }
        if let text = BotSchema.text(of: value, atStoredPath: field.path) { return text }
        let text = (value.string.map { $0.contains("\n") || $0.isEmpty ? value.text() : $0 } ?? value.text()).printable
        return text.count <= 120 ? text : text.prefix(119) + "…"
    }
}
