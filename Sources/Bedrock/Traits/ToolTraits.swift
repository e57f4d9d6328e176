/// How a model is offered tools.
package struct ToolTraits: Hashable, Sendable {
    /// A way to say which tool is to be called.
    package enum Choice: Hashable, Sendable {
        case any, named
    }

    /// Whether tools can be offered at all.
    package var areTaken: Bool
    /// Whether they can be in a streamed request; without, the answer comes in one piece.
    package var areTakenInStreams: Bool
    /// The ways to force a call; where one is missing, the model decides.
    package var choices: Set<Choice>
    /// Whether a tool may be marked as strict.
    package var canBeStrict: Bool
    /// Whether parallel calls can be switched off, as Claude models let one.
    package var canCallOneByOne: Bool

    /// Makes traits; the defaults are those of a model that takes tools and leaves the choice to itself.
    package init(
        areTaken: Bool = true, areTakenInStreams: Bool = true, choices: Set<Choice> = [], canBeStrict: Bool = false,
        canCallOneByOne: Bool = false
    ) {
        self.areTaken = areTaken
        self.areTakenInStreams = areTakenInStreams
        self.choices = choices
        self.canBeStrict = canBeStrict
        self.canCallOneByOne = canCallOneByOne
    }
}
