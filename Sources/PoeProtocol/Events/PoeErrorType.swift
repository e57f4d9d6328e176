/// The kinds of errors that Poe treats differently from others.
///
/// The list is complete: for any other cause the key `error_type` is left out.
/// Source: Poe server-bot protocol, `error` event.
package enum PoeErrorType: String, Hashable, Sendable, CaseIterable {
    /// The newest message of the user is longer than the bot can take.
    case userMessageTooLong = "user_message_too_long"
    /// The user lacks points.
    case insufficientFund = "insufficient_fund"
    /// Bad input, an unsupported parameter or file: the user can fix it.
    case userCausedError = "user_caused_error"
    /// A problem with privacy authorisation, which Poe does not explain further.
    case privacyAuthorizationError = "privacy_authorization_error"
}
