/// What a deploy may do without being told more.
package struct PlanGuards: Hashable, Sendable {
    /// Whether bots may be removed.
    package var prune: Bool
    /// How many bots may be touched; nil for any number.
    package var maxChanges: ChangeLimit?

    package init(prune: Bool = false, maxChanges: ChangeLimit? = nil) {
        self.prune = prune
        self.maxChanges = maxChanges
    }
}

/// The largest number of bots that a deploy may touch: `5`, or `20%` of the bots on either side.
package enum ChangeLimit: Hashable, Sendable, CustomStringConvertible {
    case count(Int)
    case percent(Int)

    /// A limit from its text, or nil when the text is none; more than 100 per cent is none.
    package init?(_ text: String) {
        let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
            return nil
        }
        guard text.hasSuffix("%") else {
            self = .count(number)
            return
        }
        guard number <= 100 else { return nil }
        self = .percent(number)
    }

    package var description: String {
        switch self {
        case .count(let count): String(count)
        case .percent(let percent): "\(percent)%"
        }
    }

    /// Whether so many changes of so many bots are more than the limit allows.
    func isExceeded(by changes: Int, of total: Int) -> Bool {
        switch self {
        case .count(let count): changes > count
        case .percent(let percent): changes * 100 > percent * total
        }
    }
}

/// A guard that stands against a plan.
package enum GuardRefusal: Error, Hashable, Sendable {
    /// The plan removes these bots, and removing was not asked for.
    case removalNeedsPrune([String])
    /// The plan touches more bots than were allowed.
    case tooManyChanges(Int, of: Int, limit: ChangeLimit)

    /// What is refused, as a sentence without a full stop.
    package var message: String {
        switch self {
        case .removalNeedsPrune(let names):
            let shown =
                names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
            return
                "\(names.count == 1 ? "1 bot is" : "\(names.count) bots are") deployed but not in this project: \(shown)"
        case .tooManyChanges(let count, let total, let limit):
            return "the deploy touches \(count) of \(total) bots, and --max-changes allows \(limit)"
        }
    }

    /// What the person can do.
    package var hint: String {
        switch self {
        case .removalNeedsPrune: "pass --prune to remove them; is the checkout up to date?"
        case .tooManyChanges: "look at 'botctl diff'; if that is what you want, raise --max-changes"
        }
    }
}

extension Plan {
    /// The guards that stand against deploying this plan; none when it may be deployed.
    package func refusals(under guards: PlanGuards) -> [GuardRefusal] {
        var refusals: [GuardRefusal] = []
        let removed = bots.filter { $0.action == .remove }.map(\.name)
        if !guards.prune, !removed.isEmpty { refusals.append(.removalNeedsPrune(removed)) }
        if let limit = guards.maxChanges, limit.isExceeded(by: changes.count, of: bots.count) {
            refusals.append(.tooManyChanges(changes.count, of: bots.count, limit: limit))
        }
        return refusals
    }
}
