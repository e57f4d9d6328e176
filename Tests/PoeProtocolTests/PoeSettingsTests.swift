import JSONCoding
import PoeProtocol
import Testing

struct PoeSettingsTests {
    @Test func `what a bot relies on is stated even when it is the default`() {
        #expect(
            PoeSettings().json.text(.indented) == """
                {
                  "response_version": 2,
                  "server_bot_dependencies": {},
                  "allow_attachments": true,
                  "expand_text_attachments": true,
                  "enable_image_comprehension": false,
                  "introduction_message": "",
                  "enforce_author_role_alternation": false,
                  "enable_multi_entity_prompting": true
                }
                """)
    }

    @Test func `every field has its place`() {
        var settings = PoeSettings()
        settings.serverBotDependencies = ["Zeta": 1, "Alpha": 2]
        settings.allowsAttachments = false
        settings.expandsTextAttachments = false
        settings.enablesImageComprehension = true
        settings.introductionMessage = "Hello"
        settings.enforcesAuthorRoleAlternation = true
        settings.enablesMultiEntityPrompting = false
        settings.rateCard = "[usd_milli_cents=3]"
        settings.costLabel = "[usd_milli_cents=3]+"
        settings.parameterControls = ["api_version": "2", "sections": []]
        settings.enablesMultiBotChatPrompting = true
        settings.customRateCard = "old"
        settings.contextClearWindowSeconds = 0
        settings.allowsUserContextClear = false
        #expect(
            settings.json.text(.indented) == """
                {
                  "response_version": 2,
                  "server_bot_dependencies": {
                    "Alpha": 2,
                    "Zeta": 1
                  },
                  "allow_attachments": false,
                  "expand_text_attachments": false,
                  "enable_image_comprehension": true,
                  "introduction_message": "Hello",
                  "enforce_author_role_alternation": true,
                  "enable_multi_entity_prompting": false,
                  "rate_card": "[usd_milli_cents=3]",
                  "cost_label": "[usd_milli_cents=3]+",
                  "parameter_controls": {
                    "api_version": "2",
                    "sections": []
                  },
                  "enable_multi_bot_chat_prompting": true,
                  "custom_rate_card": "old",
                  "context_clear_window_secs": 0,
                  "allow_user_context_clear": false
                }
                """)
    }
}
