import Testing

@Suite(.timeLimit(.minutes(1)))
struct NextStepsTests {
    @Test func `what to run next names the place that was named, as a shell takes it`() async throws {
        let project = try TemporaryProject([
            "we ird's/botctl.yaml": "environments: {local: {}, staging: {upstream: simulator}}\n",
            "we ird's/more/seed.yaml": "model: amazon.nova-lite-v1:0\n",
        ])
        let world = World(directory: project.root)
        let place = ["-C", "we ird's", "--bots-dir", "we ird's/more"]
        let flags = #"-C 'we ird'\''s' --bots-dir 'we ird'\''s/more'"#
        let new = await world.run(["new", "--model", "amazon.nova-micro-v1:0"] + place)
        #expect(new.status == 0, "\(new.error)")
        for command in ["validate", "diff", "deploy"] { #expect(new.error.contains("  botctl \(command) \(flags)\n")) }
        let made = await world.run(["onboard", "acme.rocket-1", "-e", "staging"] + place)
        #expect(made.status == 0, "\(made.error)")
        for command in ["onboard acme.rocket-1 --live", "diff", "deploy"] {
            #expect(made.error.contains("  botctl \(command) \(flags) -e staging\n"), "\(made.error)")
        }
        let other = await world.run("init", "it's")
        #expect(other.error.contains(#"  cd 'it'\''s'"#))
    }
}
