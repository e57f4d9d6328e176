package import AWSSigning
package import Logging
package import ModelCatalog
package import WallClock

/// What a simulator needs to know.
package struct SimulatorConfiguration: Sendable {
    /// Bounds on what clients may send.
    package struct Limits: Sendable, Hashable {
        /// The longest request body in bytes.
        ///
        /// Source: Amazon Bedrock API reference, InvokeModel, body.
        package var bodyBytes = 25_000_000
        /// The longest request head in bytes.
        package var headBytes = 32_768
        /// How many connections are served at once; more wait to be accepted.
        package var connections = 2048
        /// How long a connection may be without a request, or a request incomplete.
        package var idleTimeout: Duration = .seconds(120)
        /// How many requests are kept for whoever asks what came in; 0 keeps none.
        package var keptRequests = 0
        /// How many objects the object store holds.
        package var objects = 1000
        /// How many bytes all objects of the object store have together.
        package var objectBytes = 256_000_000
        /// How many uploads in parts the object store holds at once.
        package var uploads = 100
        /// How many jobs are remembered; past it the oldest one is forgotten.
        package var jobs = 1000
        /// How many inference profiles of an account's own are remembered.
        package var applicationProfiles = 1000

        package init() {}
    }

    /// The name or IP address to listen on.
    package var host = "127.0.0.1"
    /// The port to listen on; 0 picks a free one.
    package var port = 0
    /// Whose signatures are accepted; unless told otherwise the key id `simulator` with the secret `simulator`.
    package var credentials = [SimulatorConfiguration.defaultCredentials]
    /// The bearer keys that are accepted, by Bedrock as API keys and by the chat-completions face.
    package var bearerKeys = [SimulatorConfiguration.defaultBearerKey]
    /// The region of calls that do not say one: those with a bearer key at an address that names none.
    package var region = "us-east-1"
    /// How fast answers come, in estimated tokens a second; nil: at once.
    package var tokensPerSecond: Double?
    /// How long a model takes before it says anything; nil: no time.
    package var timeToFirstToken: Duration?
    /// How long a job that makes a video takes.
    package var jobDuration: Duration = .zero
    /// How often a job is asked for before it is done, if its time is over by then.
    package var jobPolls = 1
    /// The faults that wait for requests from the start.
    package var faults: [Fault] = []
    /// How much of a model may be used, from the start.
    package var quotas: [Quota] = []
    /// The models that answer, and what they take.
    package var catalog = ModelCatalog.embedded
    /// Facts about a model, by its bare id, that come before the catalog's; nil for a model without any.
    ///
    /// Asked for each request, so that models can come and go while the simulator runs.
    package var furtherFacts: @Sendable (String) -> ModelFacts? = { _ in nil }
    /// Tells the time that signatures are judged by.
    package var clock = WallClock.system
    /// Waits between the deltas of a paced answer and during faults; throws when the task is cancelled.
    package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    package var limits = Limits()
    package var observer = SimulatorObserver()
    package var logger: Logger

    /// A simulator on a free port of the loopback interface.
    package init(logger: Logger = Logger(label: "simulator")) { self.logger = logger }

    /// The credentials that a simulator accepts unless told otherwise; no secret.
    package static let defaultCredentials = SigningCredentials(
        accessKeyID: "simulator", secretAccessKey: "simulator")

    /// The bearer key that a simulator accepts unless told otherwise; no secret.
    package static let defaultBearerKey = "simulator"
}
