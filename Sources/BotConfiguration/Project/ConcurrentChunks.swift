private import Glibc
private import Synchronization

extension RandomAccessCollection where Self: Sendable, Index == Int {
    /// What a body makes of each chunk of the elements, in order; the chunks are worked on by all cores.
    ///
    /// - Parameters:
    ///   - size: How many elements a chunk has; few enough that every core has some.
    ///   - makeTools: Makes what a core works with, for itself alone. Cores that count references to one object wait
    ///     for each other, so what is looked at for every element is better had once for each core.
    ///   - body: Makes something of one chunk, without a look at the others.
    /// - Returns: What was made, in the order of the chunks.
    package func concurrentChunks<Tools: Sendable, Result: Sendable>(
        of size: Int = 64, with makeTools: @escaping @Sendable () -> Tools,
        _ body: @escaping @Sendable (SubSequence, Tools) -> Result
    ) async -> [Result] where SubSequence: Sendable {
        let chunkCount = (count + size - 1) / size
        let coreCount = Swift.max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let turns = Turns()
        return await withTaskGroup(of: [(position: Int, result: Result)].self) { group in
            for _ in 0..<Swift.min(chunkCount, coreCount) {
                group.addTask {
                    LargePages.adviseForHeapOfThisThread()
                    let tools = makeTools()
                    var made: [(position: Int, result: Result)] = []
                    while true {
                        let position = turns.take()
                        guard position < chunkCount else { return made }
                        let start = startIndex + position * size
                        made.append((position, body(self[start..<Swift.min(start + size, endIndex)], tools)))
                    }
                }
            }
            var results: [(position: Int, result: Result)] = []
            for await made in group { results += made }
            return results.sorted { $0.position < $1.position }.map(\.result)
        }
    }
}

/// Whose turn it is: every position is given to one taker only.
private final class Turns: Sendable {
    private let next = Atomic(0)

    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}
