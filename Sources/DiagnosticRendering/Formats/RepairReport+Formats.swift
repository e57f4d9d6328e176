import Diagnostics
import JSONCoding

extension RepairReport {
    /// The repairs for people: what was done, or for a dry run what would be.
    func text(_ layout: TextLayout) -> String {
        func paint(_ text: String, _ code: String) -> String {
            layout.usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
        }
        var text = ""
        if isWritten {
            for repair in repairs {
                let label = paint("fixed[\(repair.code.rawValue)]", "1;32")
                text += "\(repair.file.printable):\(repair.line): \(label): \(repair.summary.printable)\n"
            }
        } else {
            text = differences.map { layout.wrapsText ? $0.text(layout) : $0.text }.joined()
        }
        for refusal in refusals {
            text += "\(refusal.file.printable): \(paint("not fixed", "1;33")): \(refusal.reason.printable)\n"
        }
        return text.isEmpty ? "" : text + "\n"
    }

    /// The repairs for scripts.
    var json: JSONValue {
        [
            "written": .bool(isWritten && !changes.isEmpty),
            "repairs": .array(
                repairs.map { repair in
                    [
                        "code": .string(repair.code.rawValue), "file": .string(repair.file),
                        "line": .integer(repair.line), "summary": .string(repair.summary),
                    ]
                }),
            "refused": .array(refusals.map { ["file": .string($0.file), "reason": .string($0.reason)] }),
            "changes": .array(
                changes.map { change in
                    let difference = UnifiedDiff(file: change.file, before: change.before, after: change.after)
                    return ["file": .string(change.file), "diff": .string(difference.text)]
                }),
        ]
    }

    private var differences: [UnifiedDiff] {
        changes.map { UnifiedDiff(file: $0.file, before: $0.before, after: $0.after) }
    }
}
