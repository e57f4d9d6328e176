/// The members of a ``ConfigObject``: a flat array in the order of the keys.
///
/// Objects have a handful of members, read far more often than changed, so that this is smaller and faster than a
/// dictionary. A look-up is O(log n), setting a new key O(n); many members at once are best sorted once, by
/// ``init(_:)``.
package struct ConfigFields: Hashable, Sendable {
    fileprivate struct Member: Hashable, Sendable {
        let key: String
        var node: ConfigNode
    }

    private var members: [Member]

    /// No members.
    package init() { members = [] }

    /// No members, and room for some.
    init(minimumCapacity: Int) {
        members = []
        members.reserveCapacity(minimumCapacity)
    }

    /// The members of a dictionary.
    package init(_ fields: [String: ConfigNode]) {
        members = fields.map { Member(key: $0.key, node: $0.value) }.sorted { $0.key < $1.key }
    }

    /// Where a key stands, or where it would have to, and whether it is there.
    private func position(of key: String) -> (index: Int, isFound: Bool) {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key == key { return (middle, true) }
            if members[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }

    /// The node of that key; setting nil removes it.
    package subscript(key: String) -> ConfigNode? {
        get {
            // Among few members a comparison for order costs more than it saves.
            if members.count <= 16 {
                for index in members.indices where members[index].key == key { return members[index].node }
                return nil
            }
            let (index, isFound) = position(of: key)
            return isFound ? members[index].node : nil
        }
        set {
            if let newValue, members.last.map({ $0.key < key }) ?? true {
                // Most members come in order.
                members.append(Member(key: key, node: newValue))
                return
            }
            let (index, isFound) = position(of: key)
            switch (newValue, isFound) {
            case (let node?, true): members[index].node = node
            case (let node?, false): members.insert(Member(key: key, node: node), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// The same keys with other nodes.
    func mapValues(_ transform: (ConfigNode) -> ConfigNode) -> ConfigFields {
        var result = self
        for index in result.members.indices { result.members[index].node = transform(members[index].node) }
        return result
    }

    /// These members and those of another object; where both have a key, its node is made of both.
    func merging(_ other: ConfigFields, _ combine: (ConfigNode, ConfigNode) -> ConfigNode) -> ConfigFields {
        if other.isEmpty { return self }
        if isEmpty { return other }
        var result = ConfigFields()
        result.members.reserveCapacity(members.count + other.members.count)
        var rest = other.members[...]
        for member in members {
            while let first = rest.first, first.key < member.key { result.members.append(rest.removeFirst()) }
            if let first = rest.first, first.key == member.key {
                result.members.append(Member(key: member.key, node: combine(member.node, first.node)))
                rest.removeFirst()
            } else {
                result.members.append(member)
            }
        }
        result.members += rest
        return result
    }
}

extension ConfigFields: Sequence {
    /// Goes over the members; other modules would reach them only through the protocol of collections.
    package struct Iterator: IteratorProtocol {
        private let members: [Member]
        private var position = 0

        fileprivate init(_ members: [Member]) { self.members = members }

        package mutating func next() -> (key: String, value: ConfigNode)? {
            guard position < members.count else { return nil }
            defer { position += 1 }
            return (members[position].key, members[position].node)
        }
    }

    package func makeIterator() -> Iterator { Iterator(members) }
}

extension ConfigFields: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { members.count }

    package subscript(position: Int) -> (key: String, value: ConfigNode) {
        (members[position].key, members[position].node)
    }

    /// The keys, in order.
    package var keys: [String] { members.map(\.key) }
    /// The nodes, in the order of their keys.
    package var values: [ConfigNode] { members.map(\.node) }
}

extension ConfigFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, ConfigNode)...) {
        self.init()
        for (key, node) in elements { self[key] = node }
    }
}
