/// Diagnostics for people.
struct HumanFormat {
    let layout: TextLayout

    func text(of report: DiagnosticReport) -> String {
        (report.repairs?.text(layout) ?? "") + DiagnosticRenderer(layout).render(report.diagnostics)
            + (layout.endsWithSummary ? "\(report.verdict): \(report.summary)\n" : "")
    }
}
