/// An element of an XML answer: its name without a namespace's prefix, its children, and its text.
package struct XMLElement: Hashable, Sendable {
    /// The name, without the prefix of a namespace.
    package let name: String
    /// The elements within it, in their order.
    package internal(set) var children: [XMLElement] = []
    /// The text that stands directly in it, entities resolved.
    package internal(set) var text = ""

    init(name: String) { self.name = name }

    /// The first child of that name.
    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// All children of that name.
    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text of the first child of that name; nil when there is none.
    package func text(_ name: String) -> String? { self[name]?.text }
}

/// Why bytes are no XML that services answer.
package struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where reading stopped, in bytes from the start.
    package let offset: Int
    /// What is wrong there.
    package let reason: String

    package var description: String { "invalid XML at byte \(offset): \(reason)" }
}
