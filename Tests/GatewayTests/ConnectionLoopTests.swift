import Gateway
import NIOCore
import NIOPosix
import Testing

/// Where the tasks of a connection run.
struct ConnectionLoopTests {
    @Test func `tasks and their children run on the connection's own thread`() async {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let places = await withTaskExecutorPreference(ConnectionLoop(loop)) {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { loop.inEventLoop }
                group.addTask {
                    await Task.yield()
                    return loop.inEventLoop
                }
                return await group.reduce(into: [loop.inEventLoop]) { $0.append($1) }
            }
        }
        #expect(places == [true, true, true])
    }

    @Test func `what waits elsewhere comes back`() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let isThere = try await withTaskExecutorPreference(ConnectionLoop(loop)) {
            try await Task.sleep(for: .milliseconds(1))
            let other = MultiThreadedEventLoopGroup.singleton.next()
            try await other.submit {}.get()
            return loop.inEventLoop
        }
        #expect(isThere)
    }
}
