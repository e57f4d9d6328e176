import BotRuntime
import Logging
import PoePlatform
import WallClock

/// What all requests of one running gateway share.
struct GatewayState: Sendable {
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
}
