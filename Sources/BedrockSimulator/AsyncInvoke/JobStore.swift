import WallClock

/// The jobs of a simulator; bounded, the oldest is forgotten.
actor JobStore {
    private let limit: Int
    private let duration: Duration
    private let polls: Int
    private var jobs: [Job] = []

    init(_ configuration: SimulatorConfiguration) {
        limit = max(1, configuration.limits.jobs)
        duration = configuration.jobDuration
        polls = configuration.jobPolls
    }

    /// Takes a job in.
    ///
    /// - Returns: The job, or an earlier one with the same token and the same request.
    /// - Throws: ``ServiceError`` of the code ConflictException when the token has been used for another request.
    func start(_ job: Job) throws(ServiceError) -> Job {
        if let token = job.token, let earlier = jobs.first(where: { $0.token == token }) {
            guard earlier.digest == job.digest else {
                throw ServiceError(
                    .conflict, "The clientRequestToken was used before with other parameters. Use another token.")
            }
            return earlier
        }
        jobs.append(job)
        if jobs.count > limit { jobs.removeFirst() }
        return job
    }

    /// A job as it stands, counted as asked for; nil when there is none of that ARN.
    ///
    /// - Parameters:
    ///   - arn: The ARN.
    ///   - now: The time.
    /// - Returns: The job, and whether it has just come to its end, so that its result has to be put.
    func poll(_ arn: String, now: Timestamp) -> (job: Job, hasJustEnded: Bool)? {
        guard let index = jobs.firstIndex(where: { $0.arn == arn }) else { return nil }
        jobs[index].polls += 1
        let hasEnded = advance(at: index, now: now)
        return (jobs[index], hasEnded)
    }

    /// Every job as it stands, and those that have just come to their end.
    func all(now: Timestamp) -> (jobs: [Job], justEnded: [Job]) {
        var ended: [Job] = []
        for index in jobs.indices where advance(at: index, now: now) { ended.append(jobs[index]) }
        return (jobs, ended)
    }

    /// Ends a job whose time is over and that has been asked for often enough; says whether it has.
    private func advance(at index: Int, now: Timestamp) -> Bool {
        let job = jobs[index]
        guard job.status == .inProgress, job.polls > polls, now.since(job.submitted) >= duration else { return false }
        jobs[index].status = job.film == nil ? .failed : .completed
        jobs[index].ended = now
        return true
    }
}
