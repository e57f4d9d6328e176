import ChatEvents
import NIOCore
import NIOPosix
import Testing

/// Clients that come at the wrong time.
@Suite(.timeLimit(.minutes(1)))
struct ArrivalTests {
    @Test func `a gateway that is stopped while clients arrive ends in peace`() async throws {
        for _ in 0..<5 {
            let world = try TestGateway { try await $0([.text("Hello."), .finished(.endOfTurn)]) }
            try await world.running { client in
                let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                for _ in 0..<50 {
                    let arrival: EventLoopFuture<any Channel> = bootstrap.connect(host: "127.0.0.1", port: client.port)
                    arrival.whenSuccess { $0.close(promise: nil) }
                }
            }
        }
    }
}
