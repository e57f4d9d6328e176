import Diagnostics
import Testing

/// What is right in each bot alone may be wrong in all of them together.
struct BotsTogetherTests {
    private func poe(_ fields: String) -> String { model + "poe: {\(fields)}\n" }

    @Test func `two bots that resolve to one access key are worth a warning`() throws {
        let checked = try JudgedFiles([
            "bots.d/a.yaml": poe("access_key: \"${env:SHARED}\""),
            "bots.d/b.yaml": poe("access_key: [\"${env:SHARED}\", \"${env:OTHER}\"]"), "bots.d/c.yaml": model,
        ])
        #expect(
            checked.lines == [
                "bots.d/b.yaml:2:19 warning BOT059 'a' and 'b' resolve to one access key, ${env:SHARED}"
            ])
        #expect(checked.notes == ["bots.d/a.yaml:2:19 the other one is here"])
    }

    @Test func `names that fill in to one variable share a key`() throws {
        let checked = try JudgedFiles(["bots.d/gpt-5.yaml": model, "bots.d/gpt.5.yaml": model])
        #expect(
            checked.lines == [
                "bots.d/gpt.5.yaml:1:1 warning BOT059 'gpt-5' and 'gpt.5' resolve to one access key, ${env:POE_ACCESS_KEY_GPT_5}"
            ])
        #expect(
            checked.help == [
                "both names give GPT_5 for {NAME}: rename one of the bots, or name a key in one of them"
            ])
    }

    @Test func `a key of a template is told once for all of its bots`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + "poe: {access_key: \"${env:KEY}\"}",
            "bots.d/a.yaml": model, "bots.d/b.yaml": model, "bots.d/c.yaml": model, "bots.d/d.yaml": model,
            "bots.d/e.yaml": model,
        ])
        #expect(
            checked.lines == [
                "templates/DEFAULT_CHAT_CONFIG.yaml:2:19 warning BOT059 'a', 'b', 'c' and 2 more resolve to one access key, ${env:KEY}"
            ])
    }

    @Test func `a shared key behind a bot's own one is no fault`() throws {
        let key = "poe: {access_key: [\"${env:POE_ACCESS_KEY_{NAME}}\", \"${env:POE_ACCESS_KEY}\"]}"
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + key, "bots.d/a.yaml": model,
            "bots.d/b.yaml": model,
        ])
        #expect(checked.lines == [])
    }

    @Test func `Poe takes handles for the same that differ in case`() throws {
        let checked = try JudgedFiles([
            "bots.d/a.yaml": poe("handle: Claude-Sonnet"), "bots.d/b.yaml": poe("handle: claude-sonnet"),
            "bots.d/c.yaml": poe("handle: Claude"),
        ])
        #expect(checked.lines == ["bots.d/b.yaml:2:15 error BOT066 'a' and 'b' are both 'claude-sonnet' on Poe"])
        #expect(checked.notes == ["bots.d/a.yaml:2:15 the other one is here"])
    }

    @Test func `a handle that is another bot's name is shown at the handle`() throws {
        let checked = try JudgedFiles(["bots.d/a.yaml": poe("handle: B"), "bots.d/b.yaml": model])
        #expect(checked.lines == ["bots.d/a.yaml:2:15 error BOT066 'a' and 'b' are both 'b' on Poe"])
        #expect(checked.notes == ["bots.d/b.yaml:1:1 the other one is here"])
    }

    private func fallbacks(_ targets: [String: String]) throws -> JudgedFiles {
        let bots = targets.map { ("bots.d/\($0).yaml", model + ($1.isEmpty ? "" : "fallback: {to: \($1)}")) }
        let quiet = ["botctl.yaml": "rules: {BOT030: off}"]
        return try JudgedFiles(quiet.merging(bots) { $1 })
    }

    @Test func `a fallback to a bot that is not there is an error that names the one meant`() throws {
        let checked = try fallbacks(["claude-sonnet": "claude-hiaku", "claude-haiku": ""])
        #expect(
            checked.lines == [
                "bots.d/claude-sonnet.yaml:2:16 error BOT064 'fallback.to' names 'claude-hiaku', which is no bot"
            ])
        #expect(checked.help == ["did you mean 'claude-haiku'?"])
    }

    @Test func `a bot with a broken file is there all the same`() throws {
        let checked = try JudgedFiles([
            "botctl.yaml": "rules: {BOT030: off}", "bots.d/a.yaml": model + "fallback: {to: b}",
            "bots.d/b.yaml": "model: [",
        ])
        #expect(checked.diagnostics.map(\.code) == [.yamlSyntax])
    }

    @Test func `a circle of fallbacks is told once, and names the way round`() throws {
        let checked = try fallbacks(["a": "c", "b": "a", "c": "b", "d": "a", "e": ""])
        #expect(checked.lines == ["bots.d/a.yaml:2:16 error BOT065 the fallbacks go in a circle: a -> c -> b -> a"])
        #expect(checked.notes == ["bots.d/c.yaml:2:16 'c' goes on here", "bots.d/b.yaml:2:16 'b' goes on here"])
        #expect(
            try fallbacks(["a": "a"]).lines == ["bots.d/a.yaml:2:16 error BOT065 'a' falls back to itself"])
        #expect(try fallbacks(["a": "b", "b": "c", "c": ""]).lines == [])
    }

    @Test func `a fallback may name an alias`() throws {
        let checked = try JudgedFiles([
            "botctl.yaml": "rules: {BOT030: off}", "bots.d/a.yaml": model + "fallback: {to: old-b}",
            "bots.d/b.yaml": model + "aliases: [old-b]",
        ])
        #expect(checked.lines == [])
    }
}
