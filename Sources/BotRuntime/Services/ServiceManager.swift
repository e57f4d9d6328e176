/// The services that handlers share, each with one job.
package struct ServiceManager: Sendable {
    /// Counts tokens.
    package let tokens: TokenService
    /// Turns upstream answers into paced writes.
    package let streaming: StreamingService
    /// Turns failures into words.
    package let errors: ErrorService
    /// Keeps the files that bots make.
    package let files: any FileShelf
    /// Bounds what answers with files hold in memory.
    package let fileBudget: ByteBudget

    /// The services over one clock.
    ///
    /// - Parameters:
    ///   - clock: What deadlines and signs of life are measured with.
    ///   - files: Keeps the files that bots make.
    ///   - fileBudget: Bounds what answers with files hold in memory, over all bots.
    package init(
        clock: MonotonicClock = .continuous, files: any FileShelf = MemoryFileShelf(),
        fileBudget: ByteBudget = ByteBudget(limitInBytes: 256 << 20)
    ) {
        self.files = files
        self.fileBudget = fileBudget
        tokens = TokenService()
        errors = ErrorService()
        streaming = StreamingService(clock: clock, errors: errors)
    }
}
