import BotConfiguration
import JSONCoding

extension ConfigValue {
    /// Whether laying this value over the other changes nothing, wherever both were written.
    func means(_ other: ConfigValue) -> Bool {
        switch (self, other) {
        case (.list(let own), .list(let others)):
            own.count == others.count && zip(own, others).allSatisfy { $0.value.means($1.value) }
        case (.object(let own), .object(let others)):
            own.fields.count == others.fields.count
                && own.fields.allSatisfy { key, node in others.fields[key].map { node.value.means($0.value) } ?? false }
        case (.json(let own), .json(let others)): own.isPart(of: others)
        // Two ways of writing a letter are equal strings, but not the same bytes for a model.
        case (.text(let own), .text(let other)): own.utf8.elementsEqual(other.utf8)
        default: self == other
        }
    }
}

extension ConfigValue? {
    /// The same for values that may be absent.
    func means(_ other: ConfigValue?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let own?, let other?): own.means(other)
        case (nil, _?), (_?, nil): false
        }
    }
}

extension JSONValue {
    /// Whether every member of this value is in the other already.
    fileprivate func isPart(of other: JSONValue) -> Bool {
        guard case .object(let own) = self, case .object(let others) = other else { return self == other }
        return own.allSatisfy { member in
            // Taking back what is not there changes nothing either.
            others[member.name].map { member.value.isPart(of: $0) } ?? (member.value == .null)
        }
    }
}
