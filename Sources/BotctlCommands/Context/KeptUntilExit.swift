/// A value that lives as long as the process, for commands that end with it.
///
/// The end of the process gives all memory back at once; to take a project of many bots apart before, value by value,
/// would be a tenth of the time that it took to judge it.
final class KeptUntilExit<Value: Sendable>: Sendable {
    private let value: Value

    private init(_ value: Value) { self.value = value }

    /// Keeps a value; one for a command, never in a loop.
    static func keep(_ value: Value) { _ = Unmanaged.passRetained(KeptUntilExit(value)) }
}
