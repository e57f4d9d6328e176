/// Runs something, and gives up on it after a while.
///
/// - Parameters:
///   - limit: How long it may take.
///   - failure: What is thrown when it takes longer.
///   - body: What is run; it is cancelled when its time is over, and has ended when this returns.
/// - Returns: What `body` returns.
/// - Throws: `failure`, or what `body` throws.
package func withTimeLimit<Value: Sendable>(
    _ limit: Duration, orThrow failure: some Error, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        guard let value = try await group.next() ?? nil else { throw failure }
        return value
    }
}
