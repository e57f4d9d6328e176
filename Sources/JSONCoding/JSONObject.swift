/// The members of a JSON object, in order.
///
/// A look-up is linear: objects on the wire have a handful of members. Of members with one name the last counts, as
/// in most readers; ``init(_:)`` keeps them all so that a writer loses nothing.
package struct JSONObject: Hashable, Sendable {
    /// A name and its value.
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Whether the member's name stands before another's in the order of their UTF-8 bytes.
        fileprivate func comesBefore(_ other: Member) -> Bool {
            let (own, others) = (name.utf8Span.span, other.name.utf8Span.span)
            for index in 0..<Swift.min(own.count, others.count) where own[index] != others[index] {
                return own[index] < others[index]
            }
            return own.count < others.count
        }
    }

    package private(set) var members: [Member]

    /// An object without members.
    package init() { members = [] }

    /// An object without members, and room for some.
    package init(minimumCapacity: Int) {
        members = []
        members.reserveCapacity(minimumCapacity)
    }

    /// An object of these members, in this order.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.members = members.map { Member(name: $0.0, value: $0.1) }
    }

    package var isEmpty: Bool { members.isEmpty }
    package var count: Int { members.count }

    /// The value of that name.
    ///
    /// Setting nil removes the member; setting a new name appends it.
    package subscript(name: String) -> JSONValue? {
        get { members.last { $0.name == name }?.value }
        set {
            guard let newValue else {
                members.removeAll { $0.name == name }
                return
            }
            if let index = members.lastIndex(where: { $0.name == name }) {
                members[index].value = newValue
            } else {
                members.append(Member(name: name, value: newValue))
            }
        }
    }

    /// Adds a member without looking for one of that name.
    package mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }

    /// Sets a member of an object whose members are in the order of the UTF-8 bytes of their names, and keeps it.
    package mutating func insert(_ name: String, _ value: JSONValue) {
        let member = Member(name: name, value: value)
        var index = members.endIndex
        while index > members.startIndex, member.comesBefore(members[index - 1]) { index -= 1 }
        if index > members.startIndex, members[index - 1].name == name {
            members[index - 1].value = value
        } else {
            members.insert(member, at: index)
        }
    }

    /// The same members, ordered by the UTF-8 bytes of their names.
    package func sortedByName() -> JSONObject {
        guard !isSortedByName else { return self }
        var copy = self
        copy.members.sort { $0.comesBefore($1) }
        return copy
    }

    /// Most objects that are to be sorted are so already.
    private var isSortedByName: Bool {
        members.indices.dropFirst().allSatisfy { !members[$0].comesBefore(members[$0 - 1]) }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Sequence {
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}
