import AnswerFuzzing
import FuzzHarness

/// Feeds answers that libFuzzer makes up to their translation into chat events.
@main
enum AnswerFuzzer {
    static func main() { FuzzHarness.run(AnswerInvariants.violations) }
}
