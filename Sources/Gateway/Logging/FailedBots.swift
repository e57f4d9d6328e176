package import Logging
import Secrets

/// Bots that could not be made, told with one line for each reason: a key that is missing for one bot is mostly missing
/// for all.
package struct FailedBots {
    /// Bots with one reason.
    private struct Group {
        var names: [String]
        let reason: String
    }

    /// How many bots a line names.
    private static let namedBots = 10

    private let groups: [Group]

    /// Groups the bots.
    ///
    /// - Parameter reasons: Why each could not be made, by its name.
    package init(_ reasons: [String: String]) {
        var groups: [Group] = []
        var positions: [String: Int] = [:]
        for (name, reason) in reasons.sorted(by: { $0.key < $1.key }) {
            let cause = Self.cause(of: reason, for: name)
            if let position = positions[cause] {
                groups[position] = Group(names: groups[position].names + [name], reason: cause)
            } else {
                positions[cause] = groups.count
                groups.append(Group(names: [name], reason: reason))
            }
        }
        self.groups = groups
    }

    /// Logs a line for each reason.
    ///
    /// - Parameters:
    ///   - message: What is the matter with a bot, after "bot" or "bots".
    ///   - logger: Gets the lines, as errors.
    package func log(_ message: String, to logger: Logger) {
        for group in groups {
            if group.names.count == 1 {
                logger.error(
                    "bot \(message)", metadata: ["bot.name": "\(group.names[0])", "reason": "\(group.reason)"])
            } else {
                let more = group.names.count - Self.namedBots
                let names = group.names.prefix(Self.namedBots).joined(separator: ", ")
                logger.error(
                    "bots \(message)",
                    metadata: [
                        "bots.count": "\(group.names.count)", "reason": "\(group.reason)",
                        "bots.names": "\(more > 0 ? "\(names) and \(more) more" : names)",
                    ])
            }
        }
    }

    /// A reason with the references in it as a template writes them: `${env:POE_ACCESS_KEY_{NAME}}`.
    private static func cause(of reason: String, for name: String) -> String {
        var result = ""
        var rest = Substring(reason)
        while let start = rest.firstRange(ofText: "${"), let end = rest[start...].firstIndex(of: "}") {
            let reference = rest[start...end]
            let filled = reference.replacingWord(SecretReference.variableName(of: name), with: "{NAME}")
            result += rest[..<start] + Substring(filled).replacingWord(name, with: "{name}")
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}

extension Substring {
    /// Where a text begins in this one, or nil.
    fileprivate func firstRange(ofText text: String) -> Index? { indices.first { self[$0...].hasPrefix(text) } }

    /// The text with a word replaced wherever no letter or digit stands beside it.
    fileprivate func replacingWord(_ word: String, with replacement: String) -> String {
        var result = ""
        var position = startIndex
        while position < endIndex {
            let isStart = result.last.map { !$0.isLetter && !$0.isNumber } ?? true
            if isStart, !word.isEmpty, self[position...].hasPrefix(word) {
                let end = index(position, offsetBy: word.count)
                if end == endIndex || !(self[end].isLetter || self[end].isNumber) {
                    result += replacement
                    position = end
                    continue
                }
            }
            result.append(self[position])
            position = index(after: position)
        }
        return result
    }
}
