/// What became of the price of an answer that its user pays for.
package struct AnswerCharge: Hashable, Sendable {
    /// How it ended, in a word for the log.
    package enum Result: String, Hashable, Sendable, CaseIterable {
        /// It was charged.
        case captured
        /// There was nothing to charge: the price is zero.
        case free
        /// Nothing was charged, as the answer failed or nothing was made.
        case released
        /// The user lacks the means.
        case insufficientFunds
        /// The charge could not be made, or it is not known whether it was.
        case failed
        /// A price that it takes is not known, so nothing was charged.
        case unpriced
        /// The call has no id that a cost could belong to, so nothing was charged.
        case noQuery
    }

    package var result: Result
    /// What was reserved before the model was asked, in thousandths of a US cent.
    package var authorizedMilliCents: Int?
    /// What was charged afterwards, in the same unit.
    package var capturedMilliCents: Int?

    package init(_ result: Result, authorizedMilliCents: Int? = nil, capturedMilliCents: Int? = nil) {
        self.result = result
        self.authorizedMilliCents = authorizedMilliCents
        self.capturedMilliCents = capturedMilliCents
    }
}
