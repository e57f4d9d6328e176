import BotRuntime
import Logging
import ServiceLifecycle

/// The parts of one run of a gateway, in the order in which they start.
///
/// They stop the other way round: first the door, so that nothing comes in any more, then what the open answers need.
struct GatewayRun {
    let serviceGroup: ServiceGroup

    /// The group tells at debug level of every part with all that it holds; only what goes wrong is worth a line.
    private static func quieted(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }

    init(_ gateway: Gateway, onReady: @escaping @Sendable (GatewayAddress) async throws -> Void) {
        let files = gateway.source.files(clock: gateway.wallClock)
        let services = ServiceManager(clock: gateway.clock, files: files)
        let complaints = PoeComplaints()
        let platform = PlatformService(gateway.configuration)
        let shared = GatewayState(
            limits: gateway.configuration.limits, current: CurrentGeneration(), keys: CurrentKeys(gateway.apiKeys),
            answers: OpenAnswers(), connections: ConnectionTable(), services: services, files: files,
            bodies: ByteBudget(limitInBytes: gateway.configuration.limits.allBodiesBytes),
            attachments: AttachmentLoader(gateway), publicURL: gateway.configuration.publicURL,
            complaints: complaints,
            uploads: platform?.uploads,
            charging: platform?.platform.map {
                PoeCharging(
                    platform: $0, complaints: complaints, clock: gateway.clock, wallClock: gateway.wallClock,
                    logger: gateway.logger)
            }, draining: Latch(),
            clock: gateway.clock, wallClock: gateway.wallClock,
            date: DateHeader(clock: gateway.wallClock), logger: gateway.logger)
        let upstream = UpstreamService(gateway)
        let generations = GenerationService(gateway: gateway, upstream: upstream, state: shared, firstLook: Latch())
        let door = Door(
            configuration: gateway.configuration, state: shared, firstLook: generations.firstLook,
            waitsForBots: gateway.source.isFixed, onReady: onReady)
        var parts: [any Service] = []
        if let simulator = SimulatorService(
            gateway.configuration.upstream, address: upstream.simulator, current: shared.current, gateway)
        {
            parts.append(simulator)
        }
        if let platform { parts.append(platform) }
        parts += [
            FileSweeper(files: files, clock: gateway.clock), upstream, generations, door,
        ]
        serviceGroup = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: parts, logger: Self.quieted(gateway.logger)))
    }
}
