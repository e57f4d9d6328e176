/// The services that handlers share, each with one job.
package struct ServiceManager: Sendable {
    /// Counts tokens.
    package let tokens: TokenService
    /// Turns upstream answers into paced writes.
    package let streaming: StreamingService
    /// Turns failures into words.
    package let errors: ErrorService

    /// The services over one clock.
    ///
    /// - Parameter clock: What deadlines and signs of life are measured with.
    package init(clock: MonotonicClock = .continuous) {
        tokens = TokenService()
        errors = ErrorService()
        streaming = StreamingService(clock: clock, errors: errors)
    }
}
