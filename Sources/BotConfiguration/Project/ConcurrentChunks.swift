extension RandomAccessCollection where Self: Sendable, Index == Int {
    /// What a body makes of each chunk of the elements, in order; the chunks are worked on by all cores.
    ///
    /// - Parameters:
    ///   - size: How many elements a chunk has; few enough that every core has some.
    ///   - body: Makes something of one chunk, without a look at the others.
    /// - Returns: What was made, in the order of the chunks.
    package func concurrentChunks<Result: Sendable>(
        of size: Int = 64, _ body: @escaping @Sendable (SubSequence) -> Result
    ) async -> [Result] where SubSequence: Sendable {
        let starts = stride(from: startIndex, to: endIndex, by: size)
        return await withTaskGroup(of: (start: Int, result: Result).self) { group in
            for start in starts {
                let chunk = self[start..<Swift.min(start + size, endIndex)]
                group.addTask { (start, body(chunk)) }
            }
            var results: [(start: Int, result: Result)] = []
            for await entry in group { results.append(entry) }
            return results.sorted { $0.start < $1.start }.map(\.result)
        }
    }
}
