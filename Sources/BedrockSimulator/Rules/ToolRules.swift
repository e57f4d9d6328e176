import JSONCoding
import ModelCatalog

/// What Converse wants of tools, of their calls and of their results.
///
/// The texts are those of the service as users report them.
enum ToolRules {
    static let all = [names, schemas, choice, configuration, calls, results]

    static let names = ValidationRule { subject in
        var names: Set<String> = []
        for (index, tool) in subject.request.tools.enumerated() {
            guard isName(tool.name) else {
                return .constraint(
                    value: tool.name, at: "toolConfig.tools.\(index + 1).member.toolSpec.name",
                    must: "satisfy regular expression pattern: [a-zA-Z0-9_-]+")
            }
            guard names.insert(tool.name).inserted else {
                return .validation("The tool name \(tool.name) is already defined at toolConfig.tools.")
            }
        }
        return nil
    }

    static let schemas = ValidationRule { subject in
        for (index, tool) in subject.request.tools.enumerated() where tool.schema["type"]?.string != "object" {
            return .validation(
                "The value at toolConfig.tools.\(index).toolSpec.inputSchema.json.type must be one of the following: "
                    + "object.")
        }
        return nil
    }

    static let choice = ValidationRule { subject in
        guard let choice = subject.request.toolChoice else { return nil }
        let capabilities = subject.model.capabilities
        let mode: ModelCapabilities.ToolChoiceMode
        switch choice {
        case .automatic: mode = .auto
        case .any: mode = .any
        case .tool(let name):
            mode = .tool
            guard subject.request.tools.contains(where: { $0.name == name }) else {
                return .validation("The tool \(name) in toolConfig.toolChoice.tool is not one of toolConfig.tools.")
            }
        }
        let isKnownToBeRefused = capabilities.toolChoiceModes.map { !$0.contains(mode) } ?? false
        guard isKnownToBeRefused || (mode != .auto && capabilities.forcedToolUse == false) else { return nil }
        return .validation(
            "This model doesn't support the toolConfig.toolChoice.\(mode.rawValue) field. Remove "
                + "toolConfig.toolChoice.\(mode.rawValue) and try again.")
    }

    static let configuration = ValidationRule { subject in
        let usesTools = subject.request.messages.contains { message in
            message.content.contains { $0.toolUse != nil || $0.toolResult != nil }
        }
        guard usesTools, !subject.request.hasToolConfiguration else { return nil }
        return .validation(
            "The toolConfig field must be defined when using toolUse and toolResult content blocks.")
    }

    static let calls = ValidationRule { subject in
        for (index, message) in subject.request.messages.enumerated() {
            let uses = message.content.compactMap(\.toolUse)
            guard !uses.isEmpty else { continue }
            guard message.role == "assistant" else {
                return .validation("The toolUse content block is only supported in messages with the role assistant.")
            }
            if let use = uses.first(where: { !isID($0.id) }) {
                return .constraint(
                    value: use.id, at: "messages.\(index + 1).member.content.toolUse.toolUseId",
                    must: "satisfy regular expression pattern: [a-zA-Z0-9_.:-]+")
            }
            guard Set(uses.map(\.id)).count == uses.count else {
                return .validation("The toolUse blocks at messages.\(index).content contain duplicate Ids.")
            }
            if let use = uses.first(where: { $0.input.object == nil }) {
                return .validation(
                    "The format of the value at messages.\(index).content.toolUse.input is invalid: \(use.name) needs a "
                        + "JSON object.")
            }
        }
        return nil
    }

    static let results = ValidationRule { subject in
        let messages = subject.request.messages.filter { $0.role != "system" }
        for (index, message) in messages.enumerated() {
            let given = message.content.compactMap(\.toolResult).map(\.toolUseID)
            let wanted = index > 0 ? messages[index - 1].content.compactMap(\.toolUse).map(\.id) : []
            if !given.isEmpty, message.role != "user" {
                return .validation("The toolResult content block is only supported in messages with the role user.")
            }
            guard Set(given).count == given.count else {
                return .validation("The toolResult blocks at messages.\(index).content contain duplicate Ids.")
            }
            guard given.count <= wanted.count else {
                return .validation(
                    "The number of toolResult blocks at messages.\(index).content exceeds the number of toolUse "
                        + "blocks of previous turn.")
            }
            let missing = wanted.filter { !given.contains($0) }
            guard missing.isEmpty else {
                return .validation(
                    "Expected toolResult blocks at messages.\(index).content for the following Ids: "
                        + missing.joined(separator: ", "))
            }
        }
        return nil
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x5F || $0 == 0x2D }
    }

    private static func isID(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { isLetterOrDigit($0) || "_.:-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
