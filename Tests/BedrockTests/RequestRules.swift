import JSONCoding

/// What the service refuses of a Converse body, beside its shapes: the messages of its ValidationException.
enum RequestRules {
    /// What is wrong with a body, in words.
    static func violations(of body: JSONValue) -> [String] {
        var found: [String] = []
        func check(_ isRight: Bool, _ what: String) { if !isRight { found.append(what) } }

        // Instructions between turns change nothing of the order of the others.
        let messages = (body["messages"]?.array ?? []).filter { $0["role"]?.string != "system" }
        let roles = messages.map { $0["role"]?.string ?? "" }
        check(roles.first == "user", "the first turn is not the user's")
        check(zip(roles, roles.dropFirst()).allSatisfy { $0 != $1 }, "roles do not alternate")
        var names: Set<String> = []
        var ids: Set<String> = []
        var expected: Set<String> = []
        var cachePoints = (body["system"]?.array ?? []).filter { $0["cachePoint"] != nil }.count
        cachePoints += (body["toolConfig"]?["tools"]?.array ?? []).filter { $0["cachePoint"] != nil }.count
        for (message, role) in zip(messages, roles) {
            let blocks = message["content"]?.array ?? []
            check(!blocks.isEmpty, "a turn is empty")
            check(
                blocks.allSatisfy { $0["text"]?.string.map { !$0.allSatisfy(\.isWhitespace) } ?? true },
                "a text is blank")
            check(
                role == "user" || blocks.allSatisfy { $0["image"] == nil && $0["document"] == nil }, "files of a model")
            let kinds = blocks.compactMap { $0.object?.members.first?.name }
            check(!kinds.contains("document") || kinds.contains("text"), "a document without a text")
            check(kinds.filter { $0 == "image" }.count <= 20, "too many images")
            for block in blocks {
                if let name = block["document"]?["name"]?.string {
                    check((1...200).contains(name.count) && names.insert(name.lowercased()).inserted, "a name twice")
                    check(!name.contains("  ") && name.allSatisfy(isDocumentCharacter), "a name with other characters")
                }
                if let id = block["toolUse"]?["toolUseId"]?.string {
                    check(ids.insert(id).inserted, "an id twice")
                    check((1...64).contains(id.count), "an id that is too long")
                }
            }
            let calls = Set(blocks.compactMap { $0["toolUse"]?["toolUseId"]?.string })
            let results = blocks.compactMap { $0["toolResult"]?["toolUseId"]?.string }
            check(Set(results) == expected && results.count == expected.count, "calls and results do not match")
            check(role == "assistant" || calls.isEmpty, "a call of the user")
            expected = calls
            if let last = kinds.lastIndex(of: "toolResult") {
                check(kinds[...last].allSatisfy { $0 == "toolResult" }, "something before the results")
            }
            check(role == "assistant" || !kinds.contains("reasoningContent"), "thoughts of the user")
            cachePoints += kinds.filter { $0 == "cachePoint" }.count
        }
        check(expected.isEmpty, "a call without a result")
        check(ids.isEmpty || body["toolConfig"] != nil, "calls without toolConfig")
        check(cachePoints <= 4, "too many cache points")
        if let budget = body["additionalModelRequestFields"]?["thinking"]?["budget_tokens"]?.integer {
            let maxTokens = body["inferenceConfig"]?["maxTokens"]?.integer ?? 0
            check(budget >= 1024 && budget < maxTokens, "the budget \(budget) of \(maxTokens)")
            check(body["inferenceConfig"]?["temperature"] == nil, "a temperature with thinking")
            check(roles.last == "user", "a prefill with thinking")
        }
        return found
    }

    private static func isDocumentCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || " -()[]".contains(character))
    }
}
