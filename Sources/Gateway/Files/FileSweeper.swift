import BotRuntime
import ServiceLifecycle

/// Removes the files of bots whose time is over, for as long as a gateway runs.
struct FileSweeper: Service {
    /// The pause between two sweeps.
    static let interval: Duration = .seconds(60)

    let files: any FileShelf
    let clock: MonotonicClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await files.sweep()
                do { try await clock.sleep(for: Self.interval) } catch { return }
            }
        }
    }
}
