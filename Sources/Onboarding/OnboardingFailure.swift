package import Diagnostics
package import SmokeTesting

/// What stops an onboarding by its own rules.
package enum OnboardingFailure: Error, Sendable {
    /// The id looks like a slip, and nobody can be asked; nothing was written.
    case unconfirmed(PossibleSlip)
    /// A person said that the id was a slip; nothing was written.
    case declined(PossibleSlip)
    /// Every name that a file of facts on this model could have is taken.
    case noRoomForFacts(modelID: String)
    /// The bot would not be valid; nothing was written.
    case invalid([Diagnostic])
    /// A gateway cannot make the bot, for this reason.
    case cannotBuild(reason: String)
    /// The bot did not pass its smoke cases.
    case smokeFailed(SmokeReport)
    /// It was cancelled.
    case interrupted
}
