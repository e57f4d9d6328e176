/// Which of the calls that a model makes have come without any input so far.
///
/// Only the end of an answer tells that a call has none: a service may announce several calls first, and mix the pieces
/// of their inputs then. Such a call gets an empty object, since clients parse what they put together.
struct CallsWithoutInput {
    /// What stands for the input of a call that has none.
    static let input = "{}"

    private var started: [Int] = []
    private var fed: Set<Int> = []

    init() {}

    /// Whether there has been any call.
    var hasCalls: Bool { !started.isEmpty }

    /// The calls without input, in the order in which they began.
    var indices: [Int] { started.filter { !fed.contains($0) } }

    /// Takes note that a call begins.
    mutating func start(_ index: Int) { started.append(index) }

    /// Takes note that something of a call's input has come.
    mutating func feed(_ index: Int) { fed.insert(index) }
}
