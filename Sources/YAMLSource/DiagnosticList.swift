import Diagnostics

/// The diagnostics of one file while it is read: at most ``YAMLDocument/diagnosticLimit`` are kept.
///
/// Line and column are found only for those kept, because that costs a walk over the file for each.
struct DiagnosticList {
    private struct Entry {
        let code: DiagnosticCode
        let message: String
        let range: Range<Int>?
        let help: String?
        let note: (message: String, range: Range<Int>)?
    }

    private var entries: [Entry] = []
    private var leftOut = 0

    /// Adds a problem at a range of bytes, or of the whole file.
    mutating func append(
        _ code: DiagnosticCode, _ message: String, at range: Range<Int>?, help: String? = nil,
        note: (message: String, range: Range<Int>)? = nil
    ) {
        guard entries.count < YAMLDocument.diagnosticLimit else {
            leftOut += 1
            return
        }
        entries.append(Entry(code: code, message: message, range: range, help: help, note: note))
    }

    /// The diagnostics in the order of position.
    func sorted(of text: SourceText) -> [Diagnostic] {
        let ordered = entries.sorted { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
        var diagnostics = ordered.map { entry in
            Diagnostic(
                entry.code, entry.message, at: entry.range.map(text.location(of:)), file: text.name,
                help: entry.help.map { [$0] } ?? [],
                notes: entry.note.map { [Diagnostic.Note($0.message, at: text.location(of: $0.range))] } ?? [])
        }
        if leftOut > 0, let last = diagnostics.indices.last {
            diagnostics[last].notes.append(Diagnostic.Note("\(leftOut) more problems of this file are left out"))
        }
        return diagnostics
    }
}
