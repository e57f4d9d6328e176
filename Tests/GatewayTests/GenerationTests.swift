import BotConfiguration
import BotRuntime
import ChatEvents
import Deployment
import Gateway
import Secrets
import Synchronization
import ScriptedUpstream
import TestSupport
import Testing
import WallClock

@Suite(.timeLimit(.minutes(1)))
struct GenerationTests {
    private let key = TestGateway.key
    private let store = TestStore()
    private let brief = #""system_prompt":"Be brief.""#
    private let kind = #""system_prompt":"Be kind.""#

    /// A gateway that follows the store, whose bots answer with their system prompt.
    private func world() throws -> TestGateway {
        var world = TestGateway()
        world.source = .store(store.state)
        world.configuration.pollInterval = .milliseconds(5)
        world.script = { config in
            ScriptedUpstream { _, deliver in
                try await deliver([.text(config.systemPrompt), .finished(.endOfTurn)])
            }
        }
        return world
    }

    private func ask(_ client: WireClient, _ bot: String = "nova") async throws -> WireReply? {
        try await client.exchange(wireRequest("POST", "/bots/\(bot)", key: key, body: queryBody()))
    }

    // MARK: - Following

    @Test func `before the first manifest there is no bot and no readiness`() async throws {
        try await world().running { client in
            let ready = try await client.exchange(wireRequest("GET", "/readyz"))
            #expect(ready?.status == 503)
            let health = try await client.exchange(wireRequest("GET", "/healthz"))
            #expect(health?.status == 200)
            let bot = try await ask(client)
            #expect(bot?.status == 404)
            let report = try await store.report()
            #expect(report?.serial == 0)
            #expect(report?.digest == nil)
            #expect(report?.tool == "botctl test")
        }
    }

    @Test func `a manifest that is there at the start is served when the gateway is ready`() async throws {
        let manifest = try await store.deploy(["nova": brief])
        try await world().running { client in
            let ready = try await client.exchange(wireRequest("GET", "/readyz"))
            #expect(ready?.status == 200)
            #expect(ready?.body.contains(#""serial":1"#) == true)
            let reply = try await ask(client)
            #expect(reply?.data(of: "text") == #"{"text":"Be brief."}"#)
            let report = try await store.report()
            #expect(report?.serial == 1)
            #expect(report?.digest == manifest.digest)
            #expect(report?.failed == [:])
        }
    }

    @Test func `a new serial is served without a restart, and a bot that is gone is not`() async throws {
        try await store.deploy(["nova": brief, "old": brief])
        let world = try world()
        try await world.running { client in
            let before = try await ask(client)
            #expect(before?.data(of: "text") == #"{"text":"Be brief."}"#)
            try await store.deploy(["nova": kind])
            await world.log.wait(for: "generation served", count: 2)
            let after = try await ask(client)
            #expect(after?.data(of: "text") == #"{"text":"Be kind."}"#)
            #expect(after?.headers["x-bot-digest"] != before?.headers["x-bot-digest"])
            let gone = try await ask(client, "old")
            #expect(gone?.status == 404)
        }
    }

    @Test func `bots that did not change keep their handlers`() async throws {
        try await store.deploy(["nova": brief, "other": brief])
        var world = try world()
        let made = Mutex<[String]>([])
        world.script = { config in
            made.withLock { $0.append(config.name) }
            return ScriptedUpstream { _, _ in }
        }
        try await world.running { _ in
            try await store.deploy(["nova": kind, "other": brief])
            await world.log.wait(for: "generation served", count: 2)
        }
        #expect(made.withLock { $0.sorted() } == ["nova", "nova", "other"])
    }

    @Test func `a bot is switched off by the manifest`() async throws {
        try await store.deploy(["nova": brief], disabled: ["nova"])
        try await world().running { client in
            let reply = try await ask(client)
            #expect(reply?.events == ["meta", "error", "done"])
        }
    }

    @Test func `the report goes away with the gateway`() async throws {
        try await store.deploy(["nova": brief])
        try await world().running { _ in
            let report = try await store.report()
            #expect(report != nil)
        }
        let report = try await store.report()
        #expect(report == nil)
    }

    // MARK: - Swapping under load

    @Test func `an open answer finishes on the generation that began it`() async throws {
        try await store.deploy(["nova": brief])
        let release = Signal()
        var world = try world()
        world.script = { config in
            ScriptedUpstream { _, deliver in
                try await deliver([.text(config.systemPrompt)])
                if config.systemPrompt == "Be brief." { await release.wait() }
                try await deliver([.text(config.systemPrompt), .finished(.endOfTurn)])
            }
        }
        try await world.running { client in
            try await client.connected { open in
                try await open.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await open.read { $0.events.contains("text") }
                try await store.deploy(["nova": kind])
                await world.log.wait(for: "generation served", count: 2)
                let new = try await ask(client)
                #expect(new?.body.contains("Be kind.") == true)
                release.set()
                let old = try await open.read(until: \.isComplete)
                #expect(old?.events == ["meta", "text", "text", "done"])
                #expect(old?.body.contains("Be kind.") == false)
            }
        }
    }

    @Test func `limits belong to the bot's name, not to the generation`() async throws {
        let limits = #""limits":{"max_concurrent":1}"#
        try await store.deploy(["nova": "\(limits),\(brief)"])
        let release = Signal()
        var world = try world()
        world.script = { _ in
            ScriptedUpstream { _, deliver in
                try await deliver([.text("so")])
                await release.wait()
                try await deliver([.finished(.endOfTurn)])
            }
        }
        try await world.running { client in
            try await client.connected { open in
                try await open.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await open.read { $0.events.contains("text") }
                try await store.deploy(["nova": "\(limits),\(kind)"])
                await world.log.wait(for: "generation served", count: 2)
                let second = try await ask(client)
                #expect(second?.events == ["meta", "error", "done"])
                release.set()
                try await open.read(until: \.isComplete)
            }
        }
    }

    @Test func `the answers of a generation that is too old are ended with an error`() async throws {
        try await store.deploy(["nova": #""system_prompt":"0""#])
        var world = try world()
        world.script = { _ in
            ScriptedUpstream { _, deliver in
                try await deliver([.text("so")])
                try await waitForever()
            }
        }
        try await world.running { client in
            try await client.connected { open in
                try await open.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await open.read { $0.events.contains("text") }
                for number in 1...4 {
                    try await store.deploy(["nova": #""system_prompt":"\#(number)""#])
                    await world.log.wait(for: "generation served", count: number + 1)
                }
                let reply = try await open.read(until: \.isComplete)
                #expect(reply?.events == ["meta", "text", "error", "done"])
                #expect(reply?.data(of: "error")?.contains(#""allow_retry":true"#) == true)
            }
        }
    }

    // MARK: - What cannot be built

    @Test func `a hot swap is all or nothing, and the last good generation stays`() async throws {
        try await store.deploy(["nova": brief])
        var world = try world()
        world.accessKeyOverride = nil
        world.variables = ["POE_ACCESS_KEY": key, "SHORT": "too-short"]
        try await world.running { client in
            let broken = try await store.deploy([
                "nova": kind, "broken": #""poe":{"access_key":["${env:NOBODY_SET_{NAME}}","${env:SHORT}"]}"#,
            ])
            await world.log.wait(for: "generation refused, serving on")
            let reply = try await ask(client)
            #expect(reply?.data(of: "text") == #"{"text":"Be brief."}"#)
            let missing = try await ask(client, "broken")
            #expect(missing?.status == 404)

            // The report is written after the line of the log, by the next look at the latest.
            var report = try await store.report()
            while report?.refused == nil { report = try await store.report() }
            #expect(report?.serial == 1)
            #expect(report?.refused?.serial == 2)
            #expect(report?.refused?.digest == broken.digest)
            let reason = report?.refused?.failed["broken"]
            #expect(reason?.contains("${env:NOBODY_SET_BROKEN}") == true)
            #expect(reason?.contains("32 printable ASCII characters") == true)
            #expect(reason?.contains("too-short") == false)

            try await store.deploy(["nova": kind])
            await world.log.wait(for: "generation served", count: 2)
            let mended = try await ask(client)
            #expect(mended?.data(of: "text") == #"{"text":"Be kind."}"#)
        }
    }

    @Test func `a replica that waits for a slow store says that it lives`() async throws {
        try await store.deploy(["nova": brief])
        var world = try world()
        world.clock = MonotonicClock(HurriedClock())
        try await world.running { _ in
            let signal = Signal()
            store.holdBlobs(until: signal)
            try await store.deploy(["nova": kind])
            var times: Set<Timestamp> = []
            while times.count < 3 {
                let report = try #require(try await store.report())
                #expect(report.serial == 1)
                times.insert(report.at)
            }
            signal.set()
            await world.log.wait(for: "generation served", count: 2)
        }
    }

    @Test func `a replica reports what Poe disliked, and how often`() async throws {
        try await store.deploy(["nova": brief])
        try await world().running { client in
            for text in ["no done", "no text"] {
                _ = try await client.exchange(
                    wireRequest(
                        "POST", "/bots/nova", key: key, body: #"{"type":"report_error","message":"\#(text)"}"#))
            }
            var report = try await store.report()
            while report?.poeErrors["nova"]?.count != 2 { report = try await store.report() }
            #expect(report?.poeErrors["nova"]?.last == "no text")
        }
    }

    @Test func `a cold start serves what can be made and says of the rest that it is unavailable`() async throws {
        try await store.deploy(["nova": brief, "broken": #""poe":{"access_key":["${env:NOBODY_SET_THIS}"]}"#])
        var world = try world()
        world.accessKeyOverride = nil
        world.variables = ["POE_ACCESS_KEY": key]
        try await world.running { client in
            let good = try await ask(client)
            #expect(good?.data(of: "text") == #"{"text":"Be brief."}"#)
            let bad = try await ask(client, "broken")
            #expect(bad?.status == 200)
            #expect(bad?.events == ["meta", "error", "done"])
            #expect(bad?.body.contains("NOBODY_SET_THIS") == false)
            let settings = try await client.exchange(
                wireRequest("POST", "/bots/broken", key: key, body: #"{"type":"settings"}"#))
            #expect(settings?.status == 503)
            let report = try await store.report()
            #expect(report?.serial == 1)
            #expect(report?.failed["broken"]?.contains("${env:NOBODY_SET_THIS}") == true)
        }
    }

    @Test func `a bot that could not be made before holds no later generation up`() async throws {
        let broken = #""poe":{"access_key":["${env:NOBODY_SET_THIS}"]}"#
        try await store.deploy(["nova": brief, "broken": broken])
        var world = try world()
        world.accessKeyOverride = nil
        world.variables = ["POE_ACCESS_KEY": key]
        try await world.running { client in
            try await store.deploy(["nova": kind, "broken": broken])
            await world.log.wait(for: "generation served", count: 2)
            let reply = try await ask(client)
            #expect(reply?.data(of: "text") == #"{"text":"Be kind."}"#)
        }
    }

    @Test(arguments: [
        StateStoreError(.unavailable, "the disk is gone"), StateStoreError(.corrupt, "the manifest cannot be read"),
        StateStoreError(.lineageLost, "there is a history but no manifest"),
    ])
    func `a store that fails stops nothing`(error: StateStoreError) async throws {
        try await store.deploy(["nova": brief])
        let world = try world()
        try await world.running { client in
            store.fail(with: error)
            await world.log.wait(for: "state store not readable, serving on")
            let reply = try await ask(client)
            #expect(reply?.data(of: "text") == #"{"text":"Be brief."}"#)
            let ready = try await client.exchange(wireRequest("GET", "/readyz"))
            #expect(ready?.status == 200)
            store.fail(with: nil)
            await world.log.wait(for: "state store readable again")
            try await store.deploy(["nova": kind])
            await world.log.wait(for: "generation served", count: 2)
        }
        // One line for one problem, however often it was met.
        #expect(world.log.lines.filter { $0.message == "state store not readable, serving on" }.count == 1)
    }

    @Test func `a gateway starts without its store`() async throws {
        store.fail(with: StateStoreError(.unavailable, "the disk is gone"))
        let world = try world()
        try await world.running { client in
            let health = try await client.exchange(wireRequest("GET", "/healthz"))
            #expect(health?.status == 200)
            let ready = try await client.exchange(wireRequest("GET", "/readyz"))
            #expect(ready?.status == 503)
            store.fail(with: nil)
            try await store.deploy(["nova": brief])
            await world.log.wait(for: "generation served")
            let reply = try await ask(client)
            #expect(reply?.status == 200)
        }
    }
}
