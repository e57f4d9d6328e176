import BotRuntime
import Logging
import PoePlatform
import WallClock

/// What all requests of one running gateway share.
///
/// A class, as are a call, a query and an open answer: each function on an answer's way holds a reference to them while
/// the answer runs, in place of a copy.
final class GatewayState: Sendable {
    let limits: GatewayConfiguration.Limits
    let current: CurrentGeneration
    /// The keys of the OpenAI-compatible door.
    let keys: CurrentKeys
    let answers: OpenAnswers
    let connections: ConnectionTable
    let services: ServiceManager
    /// What bots made, to be fetched by link.
    let files: any FileShelf
    /// How many bytes of requests' bodies may be held at once.
    let bodies: ByteBudget
    /// Brings what people attach.
    let attachments: AttachmentLoader
    /// Where this gateway is reached from outside; nil where requests tell.
    let publicURL: String?
    /// What Poe disliked of bots' answers.
    let complaints: PoeComplaints
    /// Poe's place for what bots make, once it can be called; nil where files are shown from here.
    let uploads: Latch<PoeUploads>?
    /// Has users pay for answers; nil where nobody is charged.
    let charging: PoeCharging?
    /// Set once the gateway has been asked to stop.
    let draining: Latch<Void>
    let clock: MonotonicClock
    let wallClock: WallClock
    let date: DateHeader
    let logger: Logger

    init(
        limits: GatewayConfiguration.Limits,
        current: CurrentGeneration,
        keys: CurrentKeys,
        answers: OpenAnswers,
        connections: ConnectionTable,
        services: ServiceManager,
        files: any FileShelf,
        bodies: ByteBudget,
        attachments: AttachmentLoader,
        publicURL: String?,
        complaints: PoeComplaints,
        uploads: Latch<PoeUploads>?,
        charging: PoeCharging?,
        draining: Latch<Void>,
        clock: MonotonicClock,
        wallClock: WallClock,
        date: DateHeader,
        logger: Logger
    ) {
        self.limits = limits
        self.current = current
        self.keys = keys
        self.answers = answers
        self.connections = connections
        self.services = services
        self.files = files
        self.bodies = bodies
        self.attachments = attachments
        self.publicURL = publicURL
        self.complaints = complaints
        self.uploads = uploads
        self.charging = charging
        self.draining = draining
        self.clock = clock
        self.wallClock = wallClock
        self.date = date
        self.logger = logger
    }
}
