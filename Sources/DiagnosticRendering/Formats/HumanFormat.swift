/// Diagnostics for people.
struct HumanFormat {
    let layout: TextLayout

    func text(of report: DiagnosticReport) -> String {
        (report.repairs?.text(layout) ?? "") + DiagnosticRenderer(layout).render(report.diagnostics)
            + (layout.endsWithSummary ? "\(report.verdict): \(report.summary)\n" : "")
    }

    func text(of failure: RunFailure) -> String {
        "error: \(failure.message.printable)\n" + (failure.hint.map { "  help: \($0.printable)\n" } ?? "")
    }
}
