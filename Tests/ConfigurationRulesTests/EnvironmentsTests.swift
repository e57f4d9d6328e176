import Diagnostics
import Testing

/// One fault is told once over all environments, and says in which of them it holds.
struct EnvironmentsTests {
    private let environments =
        "environments:\n  production: {}\n  staging:\n    overrides: {model: {region: sa-east-1}}\n"

    @Test func `a finding of all environments is told once, without naming them`() throws {
        let checked = try JudgedFiles([
            "botctl.yaml": "environments: {a: {}, b: {}}", "bots.d/x.yaml": "model: acme.m",
        ])
        #expect(checked.diagnostics.map(\.code) == [.unknownModel])
        #expect(checked.notes == [])
    }

    @Test func `a finding of one environment says which`() throws {
        let checked = try JudgedFiles([
            "botctl.yaml":
                "environments: {a: {}, b: {}, c: {bots: {x: {fallback: {to: nobody}}}}}\nrules: {BOT030: off}",
            "bots.d/x.yaml": model,
        ])
        #expect(
            checked.lines == ["botctl.yaml:1:60 error BOT064 'fallback.to' names 'nobody', which is no bot"])
        #expect(checked.notes == ["only in environment 'c'"])
    }

    @Test func `a place that breaks several bots is told once`() throws {
        let checked = try JudgedFiles([
            "botctl.yaml": environments, "bots.d/x.yaml": model, "bots.d/y.yaml": "model: amazon.nova-pro-v1:0",
        ])
        #expect(
            checked.lines == [
                "botctl.yaml:4:33 error BOT053 model amazon.nova-micro-v1:0 is callable in sa-east-1 neither by its bare id nor by a geographic inference profile"
            ])
        #expect(
            checked.notes == [
                "bots.d/x.yaml:1:8 the model is named here", "only in environment 'staging'",
                "here too: model amazon.nova-pro-v1:0 is callable in sa-east-1 neither by its bare id nor by a geographic inference profile",
            ])
    }

    @Test func `of one environment only that one is judged`() throws {
        let files = ["botctl.yaml": environments, "bots.d/x.yaml": model]
        #expect(try JudgedFiles(files, environment: "production").lines == [])
        #expect(try JudgedFiles(files, environment: "staging").notes == ["bots.d/x.yaml:1:8 the model is named here"])
    }
}
