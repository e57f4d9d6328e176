/// A step of an onboarding, in the order in which they are taken.
package enum OnboardingStep: String, Hashable, Sendable, CaseIterable {
    /// The control plane is asked; only on the way to the real model service.
    case access
    /// What is known of the model.
    case facts
    /// The bot's file is made, or found.
    case scaffold
    /// The project is judged as it will be.
    case validate
    /// The files are put on disk; only where there are any.
    case write
    /// The gateway starts.
    case boot
    /// The bot is asked its smoke cases.
    case smoke
}

/// Something that happens during an onboarding, for showing its progress.
package enum OnboardingEvent: Sendable {
    /// A step is about to be taken.
    case began(OnboardingStep)
    /// The step that began last has ended.
    case ended(OnboardingReport.Step)
}
