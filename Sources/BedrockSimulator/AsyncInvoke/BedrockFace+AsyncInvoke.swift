import AWSSigning
import JSONCoding
import ModelCatalog
import WallClock

extension BedrockFace {
    /// The account in the ARNs of jobs.
    static let account = "000000000000"

    /// StartAsyncInvoke.
    func startJob(_ call: BedrockCall) async throws(ServiceError) -> JSONValue {
        let body = try JSONReading.object(call.call.body)
        guard let model = try JSONReading.string(body["modelId"]) else {
            throw .constraint(value: nil, at: "modelId", must: "not be null")
        }
        let output = try JSONReading.optionalObject(body["outputDataConfig"])?["s3OutputDataConfig"]
        guard let uri = try JSONReading.string(output?["s3Uri"]), Job.place(of: uri) != nil else {
            throw .validation("The s3Uri in outputDataConfig is invalid. Use s3://bucket/prefix and try again.")
        }
        guard let input = try JSONReading.optionalObject(body["modelInput"]) else {
            throw .constraint(value: nil, at: "modelInput", must: "not be null")
        }
        let facts = try access(from: call).facts(for: model, kinds: [.video])
        try reserveRequest(call)
        let film = try FilmRequest(input, of: facts)
        let digest = sha256Hex(JSONValue.object(body).encoded(.canonical))
        let token = try JSONReading.string(body["clientRequestToken"])
        let id = Self.jobID(from: "\(digest) \(call.request.id)")
        let region = call.call.region
        let job = Job(
            id: id, arn: "arn:aws:bedrock:\(region):\(Self.account):async-invoke/\(id)",
            modelARN: "arn:aws:bedrock:\(region)::foundation-model/\(facts.id)", submitted: configuration.clock.now(),
            outputURI: uri, outputConfiguration: body["outputDataConfig"] ?? .null, token: token, digest: digest,
            film: PromptTrigger.failedJob.isPulled(by: film.prompt)
                ? nil
                : MP4File(
                    width: film.width, height: film.height, seconds: film.seconds, key: "\(facts.id) \(film.prompt)"))
        return ["invocationArn": .string(try await state.jobs.start(job).arn)]
    }

    /// GetAsyncInvoke.
    func getJob(_ arn: String) async throws(ServiceError) -> JSONValue {
        guard let (job, hasJustEnded) = await state.jobs.poll(arn, now: configuration.clock.now()) else {
            throw .validation("Invalid Invocation ARN")
        }
        if hasJustEnded { try await putResult(of: job) }
        return job.json
    }

    /// ListAsyncInvokes.
    ///
    /// Source: Amazon Bedrock API reference, ListAsyncInvokes, request parameters.
    func listJobs(_ target: RequestTarget) async throws(ServiceError) -> JSONValue {
        let (all, ended) = await state.jobs.all(now: configuration.clock.now())
        for job in ended { try await putResult(of: job) }
        var jobs = all
        if let status = target.parameter("statusEquals") { jobs = jobs.filter { $0.status.rawValue == status } }
        if let time = target.parameter("submitTimeAfter").flatMap({ Timestamp(iso8601: $0) }) {
            jobs = jobs.filter { $0.submitted > time }
        }
        if let time = target.parameter("submitTimeBefore").flatMap({ Timestamp(iso8601: $0) }) {
            jobs = jobs.filter { $0.submitted < time }
        }
        if target.parameter("sortOrder") != "Ascending" { jobs.reverse() }
        let page = try Page(of: jobs, target)
        var answer: JSONObject = ["asyncInvokeSummaries": .array(page.elements.map(\.json))]
        if let token = page.nextToken { answer.append("nextToken", .string(token)) }
        return .object(answer)
    }

    /// Puts the film, and for Nova Reel what it writes beside it, where the request wanted it.
    private func putResult(of job: Job) async throws(ServiceError) {
        guard let film = job.film, let place = job.place else { return }
        let folder = place.prefix.isEmpty ? job.id : "\(place.prefix)/\(job.id)"
        var files = [("output.mp4", "video/mp4", film.bytes)]
        if job.modelARN.contains("nova-reel") {
            let manifest: JSONValue = [
                "schemaVersion": "0.0.1", "status": "SUCCESS", "fullVideo": ["status": "SUCCESS"],
            ]
            files.append(("video-generation-status.json", "application/json", manifest.encoded()))
        }
        for (name, type, bytes) in files {
            do throws(ObjectError) {
                _ = try await state.objects.put(
                    bytes, contentType: type, at: "\(folder)/\(name)", in: place.bucket, if: nil,
                    now: configuration.clock.now())
            } catch {
                throw ServiceError(.internalServer, "The result could not be put: \(error.message)")
            }
        }
    }

    /// Twelve letters and digits that follow from a text.
    private static func jobID(from text: String) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        let digits = Array(sha256Hex(text.utf8))
        return String(
            (0..<12).map { place in
                let number = Int(String(digits[place * 4..<place * 4 + 4]), radix: 16) ?? 0
                return letters[number % letters.count]
            })
    }
}

/// A part of a list, as operations with `maxResults` and `nextToken` give it out.
struct Page<Element> {
    let elements: [Element]
    /// Where the next part begins; nil for the last one.
    let nextToken: String?

    /// The part that a query asks for.
    ///
    /// - Throws: ``ServiceError`` when the number or the token is none.
    init(of all: [Element], _ target: RequestTarget) throws(ServiceError) {
        let most = target.parameter("maxResults").map { Int($0) ?? 0 } ?? 1000
        guard (1...1000).contains(most) else {
            throw .constraint(
                value: target.parameter("maxResults"), at: "maxResults", must: "have value between 1 and 1000")
        }
        var start = 0
        if let token = target.parameter("nextToken") {
            guard let number = Base64.decoded(token).flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
                (0...all.count).contains(number)
            else { throw .validation("The provided nextToken is invalid.") }
            start = number
        }
        let end = min(all.count, start + most)
        elements = Array(all[start..<end])
        nextToken = end < all.count ? Base64.encoded(Array("\(end)".utf8)) : nil
    }
}
