/// Lengths of time for people: `340 ms`, `2.4 s`, `1 m 30 s`.
enum DurationView {
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        switch milliseconds {
        case ..<1000: return "\(milliseconds) ms"
        case ..<60_000:
            let tenths = (milliseconds + 50) / 100
            return "\(tenths / 10).\(tenths % 10) s"
        default:
            let wholeSeconds = (milliseconds + 500) / 1000
            return "\(wholeSeconds / 60) m \(wholeSeconds % 60) s"
        }
    }
}
