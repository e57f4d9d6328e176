import Foundation
import Testing

/// What docs/migrating.md shows to people who come from elsewhere.
struct MigratingPageTests {
    private static let page =
        (try? String(contentsOfFile: ShippedBotsTests.root + "/docs/migrating.md", encoding: .utf8)) ?? ""

    /// The files that the page shows after the move, by the world that people come from.
    private static func files(of world: String) -> [String: String] {
        var files: [String: String] = [:]
        for part in page.components(separatedBy: "<!-- validated: \(world) -->\n```yaml\n# ").dropFirst() {
            guard let block = part.components(separatedBy: "\n```").first,
                let name = block.components(separatedBy: "\n").first
            else { continue }
            files[name] = block.components(separatedBy: "\n").dropFirst().joined(separator: "\n") + "\n"
        }
        return files
    }

    @Test(arguments: [("litellm", 3), ("fastapi_poe", 1)])
    func `the configuration after the move is valid without a warning`(world: String, count: Int) async {
        let files = Self.files(of: world)
        #expect(files.count == count)
        let result = await World(files).run("validate", "--strict")
        #expect(result.output == "")
        #expect(result.status == 0)
    }

    @Test func `every key of the settings protocol is in its table`() {
        let keys = [
            "response_version", "context_clear_window_secs", "allow_user_context_clear", "custom_rate_card",
            "server_bot_dependencies", "allow_attachments", "introduction_message", "expand_text_attachments",
            "enable_image_comprehension", "enforce_author_role_alternation", "enable_multi_bot_chat_prompting",
            "enable_multi_entity_prompting", "rate_card", "cost_label", "parameter_controls",
        ]
        let table = Self.page.components(separatedBy: "### `SettingsResponse`").last ?? ""
        #expect(keys.filter { !table.contains("`\($0)`") } == [])
    }
}
