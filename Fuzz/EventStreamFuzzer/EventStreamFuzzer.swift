import AnswerFuzzing
import FuzzHarness

/// Feeds bytes that libFuzzer makes up to the event-stream decoder.
@main
enum EventStreamFuzzer {
    static func main() { FuzzHarness.run(EventStreamInvariants.violations) }
}
