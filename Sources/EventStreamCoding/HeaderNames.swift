/// The header names of one message so far, to find one that comes twice.
///
/// Names that Unicode holds equal count as one, as a look-up could not tell them apart. The first few are compared one
/// by one, which is all that real messages need; from then on a set keeps a hostile message from costing the square of
/// its headers.
struct HeaderNames {
    private static let listLimit = 16
    private var set: Set<String> = []

    /// Adds a name, or throws when one of the headers before it has it already.
    mutating func insert(
        _ name: String, after headers: some RandomAccessCollection<EventStreamHeader>
    ) throws(EventStreamError) {
        let isNew: Bool
        if headers.count < Self.listLimit {
            isNew = !headers.contains { $0.name == name }
        } else {
            if set.isEmpty { set = Set(headers.map(\.name)) }
            isNew = set.insert(name).inserted
        }
        guard isNew else { throw .duplicateHeader(name: name) }
    }
}
