import AWSClient
import BotConfiguration
import Bedrock
import ChatEvents
import JSONCoding
import Logging
import MediaGeneration

/// A video model behind Amazon Bedrock: a job is started, asked after until it has ended, and its result is fetched
/// from S3.
struct BedrockVideoUpstream: MediaUpstream {
    let client: BedrockClient
    let modelID: String
    let shape: any VideoModelShape
    let storage: S3Client
    /// Where results are put.
    let output: S3Location
    let clock: MonotonicClock
    let logger: Logger

    /// The largest video that is passed on, in bytes.
    private static let fileLimitInBytes = 128 << 20
    /// How often a result is fetched whose connection is lost on the way.
    private static let fetchAttempts = 3
    /// The wait before a job is first asked after; each further one is longer by half.
    private static let firstWait = Duration.milliseconds(500)
    /// How many looks in a row may be refused: credentials that are being renewed are good again by then, and a
    /// permission that is missing stays so.
    private static let refusalLimit = 6
    /// Source: Amazon Bedrock User Guide, asynchronous invocations: a video takes minutes.
    private static let longestWait = Duration.seconds(10)

    // A video goes from one place to the other in pieces.
    let heldBytes = 1 << 20
    let fileBytes = 16 << 20

    func bound(of order: MediaOrder) -> AnswerCost {
        AnswerCost(usage: TokenUsage(input: 0, output: 0), videoSeconds: shape.seconds(of: VideoRequest(order)))
    }

    func make(_ order: MediaOrder, call: MediaCall, deliver: ([ChatEvent]) async throws -> Void) async throws {
        let input = try shape.input(of: VideoRequest(order))
        try await checkStorage()
        let start = clock.now()
        try await deliver([.status("Making the video. This takes some minutes.")])
        let arn = try await client.startAsyncInvoke(
            AsyncInvokeRequest(modelID: modelID, input: input, output: output.description, token: Self.makeToken()),
            requestID: call.requestID)
        // From here on the service works, and is paid, whether or not anybody waits.
        call.bill.setVideoSeconds(shape.seconds(of: VideoRequest(order)))
        do {
            let job = try await waitForEnd(of: arn, since: start, call, deliver: deliver)
            try await deliver([.status("Fetching the video…")])
            let file = try await result(of: job, for: order, into: call.files)
            try await deliver([.file(file), .finished(.endOfTurn)])
        } catch {
            if call.bill.made.videoSeconds > 0 {
                logger.warning(
                    "a video is paid for and was not delivered; it is where the job puts it",
                    metadata: [
                        "request.id": "\(call.requestID)", "bot.name": "\(order.bot.name)", "job.arn": "\(arn)",
                        "job.output": "\(output)", "error.detail": "\(error)",
                    ])
            }
            throw error
        }
    }

    /// Makes sure, before a job is paid for, that its result can be fetched: a Bedrock API key signs nothing for S3.
    private func checkStorage() async throws {
        do {
            try await storage.checkCredentials()
        } catch let error as AWSCredentialError {
            throw ChatFailure(
                .unauthorized, detail: "videos are fetched from S3, which needs credentials that sign: \(error)")
        }
    }

    private func waitForEnd(
        of arn: String, since start: Duration, _ call: MediaCall, deliver: ([ChatEvent]) async throws -> Void
    ) async throws -> AsyncInvocation {
        var wait = Self.firstWait
        var refusals = 0
        while true {
            try await clock.sleep(for: wait)
            wait = min(wait * 3 / 2, Self.longestWait)
            let job: AsyncInvocation
            do {
                job = try await client.getAsyncInvoke(arn, requestID: call.requestID)
                refusals = 0
            } catch let failure as ChatFailure where Self.mayPass(failure) {
                refusals = failure.kind == .unauthorized ? refusals + 1 : 0
                // The job is paid for and goes on, whatever became of one look at it; the answer's deadline bounds
                // this.
                guard refusals < Self.refusalLimit else { throw failure }
                continue
            }
            switch job.status {
            case .completed: return job
            case .failed:
                call.bill.setVideoSeconds(0)
                throw Self.failure(of: job)
            case .inProgress, .other:
                let seconds = (clock.now() - start).components.seconds
                try await deliver([.status("Making the video. \(seconds) s so far; this takes some minutes.")])
            }
        }
    }

    private static func mayPass(_ failure: ChatFailure) -> Bool {
        switch failure.kind {
        case .throttled, .unavailable, .timedOut, .unauthorized: true
        default: false
        }
    }

    /// A name for one order, kept over the attempts to send it: no caller can make two orders one.
    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return "botctl-" + String(generator.next() as UInt64, radix: 16) + String(generator.next() as UInt64, radix: 16)
    }

    private static func failure(of job: AsyncInvocation) -> ChatFailure {
        let text = job.failureMessage ?? "the service gave no reason"
        let lower = text.lowercased()
        let isFiltered = ["content", "policy", "moderation", "filter", "blocked"].contains { lower.contains($0) }
        return ChatFailure(
            isFiltered ? .contentFiltered : .modelError, detail: "job \(job.id) failed: \(text.prefix(500))")
    }

    /// Fetches the result: the whole video where a job made several files.
    ///
    /// The prefix is listed rather than a name assumed, as each model has its own.
    private func result(
        of job: AsyncInvocation, for order: MediaOrder, into files: any FileShelf
    ) async throws -> GeneratedFile {
        do {
            guard let folder = folder(of: job) else {
                throw ChatFailure(.modelError, detail: "job \(job.id) names no readable output")
            }
            let videos = try await storage.list(folder, limit: 1000).filter { $0.key.hasSuffix(".mp4") }
            let whole = videos.first { $0.key.hasSuffix("/output.mp4") } ?? videos.max { $0.size < $1.size }
            guard let whole, let location = S3Location(bucket: folder.bucket, key: whole.key) else {
                throw ChatFailure(.modelError, detail: "job \(job.id) has put no video below \(folder)")
            }
            return try await fetch(location, as: "\(order.bot.name).mp4", into: files)
        } catch let error as ChatFailure {
            throw error
        } catch let error as FileShelfError {
            throw ChatFailure(error)
        } catch let error as AWSTransportError {
            throw ChatFailure(.unavailable, detail: "the video cannot be fetched: \(error)")
        } catch let error as AWSCredentialError {
            throw ChatFailure(.unauthorized, detail: "the video cannot be fetched: \(error)")
        } catch let error as AWSServiceError {
            throw ChatFailure(
                error.status >= 500 ? .unavailable : .misconfigured, detail: "the video cannot be fetched: \(error)",
                upstreamCode: error.code, upstreamStatus: error.status, upstreamRequestID: error.requestID)
        }
    }

    /// Reads a video into the shelf; a connection that is lost on the way is no reason to lose what is paid for.
    private func fetch(
        _ location: S3Location, as name: String, into files: any FileShelf
    ) async throws -> GeneratedFile {
        var attempt = 1
        while true {
            let draft = try await files.begin(name)
            do {
                var size = 0
                try await storage.read(location) { piece in
                    size += piece.count
                    guard size <= Self.fileLimitInBytes else {
                        throw ChatFailure(
                            .modelError, detail: "the video \(location) is longer than \(Self.fileLimitInBytes) bytes")
                    }
                    try await draft.append(piece)
                }
                let key = try await draft.finish()
                return GeneratedFile(
                    name: key.name, mediaType: MediaType("video/mp4"),
                    content: .kept(path: key.path, sizeInBytes: size))
            } catch let error as AWSTransportError where attempt < Self.fetchAttempts {
                await draft.discard()
                logger.debug("video fetched again", metadata: ["error.detail": "\(error)"])
                attempt += 1
            } catch {
                await draft.discard()
                throw error
            }
        }
    }

    /// The folder of the job's files: the output that was asked for, and the last part of the job's name.
    private func folder(of job: AsyncInvocation) -> S3Location? {
        let stated = job.output.flatMap { S3Location(parsing: $0) } ?? output
        let key = stated.key.hasSuffix("/") ? String(stated.key.dropLast()) : stated.key
        let isFolderOfJob = key == job.id || key.hasSuffix("/" + job.id)
        return isFolderOfJob ? S3Location(bucket: stated.bucket, key: key + "/") : stated.appending(job.id + "/")
    }

    func describe(_ order: MediaOrder) -> UpstreamDescription {
        let input = (try? shape.input(of: VideoRequest(order))) ?? JSONObject()
        let request = AsyncInvokeRequest(
            modelID: modelID, input: input, output: output.description, token: "id-of-the-request")
        return UpstreamDescription(
            operation: "StartAsyncInvoke", url: client.url(of: BedrockClient.asyncInvokePath),
            exampleRequest: request.body)
    }
}

extension VideoRequest {
    /// The request that an order is, with the bot's parameters.
    init(_ order: MediaOrder) {
        let media = order.bot.media
        self.init(
            prompt: order.prompt, aspectRatio: media.aspectRatio.flatMap { AspectRatio($0) }, seconds: media.seconds,
            lines: media.resolution.flatMap { Int($0.prefix { $0.isNumber }) }, isLoop: media.isLoop,
            seed: media.seed, picture: order.picture, additional: order.bot.parameters.additional)
    }
}
