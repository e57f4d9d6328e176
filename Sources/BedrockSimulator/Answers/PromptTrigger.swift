/// Words in a prompt that make the simulator do what a model does only now and then.
///
/// They are documented in docs/simulator.md; case does not matter.
enum PromptTrigger: String, CaseIterable, Sendable {
    /// The content filter stops the prompt.
    case contentFilter = "trigger the content filter"
    /// The content filter stops what the model made.
    case outputFilter = "trigger the output filter"
    /// The model finds that prompt and answer do not fit its context.
    case contextOverflow = "overflow the context window"
    /// The model says nothing at all.
    case silence = "answer with nothing"
    /// The thoughts come hidden.
    case hiddenThinking = "hide your thoughts"
    /// The guardrail of the request stops the answer.
    case blockedAnswer = "break a policy in the answer"
    /// A job that makes a video fails in the end.
    case failedJob = "fail this job"

    /// Whether the words stand in the prompt.
    func isPulled(by prompt: String) -> Bool { prompt.lowercased().contains(rawValue) }
}
