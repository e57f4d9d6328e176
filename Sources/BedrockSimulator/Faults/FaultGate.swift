/// Lets a request through to its answer, or makes it meet the fault that waits for it.
struct FaultGate: Sendable {
    /// The header by which a request asks for a fault of its own.
    static let header = "x-simulator-fault"

    private let configuration: SimulatorConfiguration
    private let state: SimulatorState

    init(_ configuration: SimulatorConfiguration, _ state: SimulatorState) {
        self.configuration = configuration
        self.state = state
    }

    /// Takes the fault for a request, and waits or ends the connection where that is the fault.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - operation: The operation's name.
    ///   - model: The model, for operations with one.
    ///   - isStream: Whether the answer would be a stream.
    /// - Returns: A fault that changes the answer or takes its place; nil for a proper one.
    /// - Throws: ``ConnectionEnded`` when the fault has ended the connection; ``ServiceError`` when the header names no
    ///   fault; `CancellationError` during a wait.
    func pass(
        _ request: IncomingRequest, operation: String, model: String?, isStream: Bool
    ) async throws -> Fault? {
        var requested: Fault?
        if let header = request.header(Self.header) {
            do throws(FaultError) {
                requested = try Fault(header: header)
            } catch {
                throw ServiceError.validation("\(Self.header): \(error).")
            }
        }
        guard let fault = state.lab.take(requested, operation: operation, model: model, isStream: isStream) else {
            return nil
        }
        switch fault.kind {
        case .slowFirstByte:
            try await configuration.pause(fault.wait)
            return nil
        case .stallBeforeHead:
            try await request.connection.stall(for: fault.wait, pause: configuration.pause)
            await request.connection.reset()
            throw ConnectionEnded()
        case .resetBeforeHead:
            await request.connection.reset()
            throw ConnectionEnded()
        default: return fault
        }
    }
}
