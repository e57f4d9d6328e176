import BotConfiguration
import Deployment
import JSONCoding
import Testing
import WallClock

struct ManifestTests {
    private let nova = ContentDigest(of: Array("nova".utf8))
    private let pong = ContentDigest(of: Array("pong".utf8))

    private var manifest: Manifest {
        var manifest = Manifest(
            succeeding: nil, newLineage: "5f3c",
            stamp: ManifestStamp(
                created: Samples.time, by: "ana on laptop", tool: "botctl 0.1.0",
                source: Manifest.Source(revision: "0123abc", dirty: true), message: "say \"hi\""),
            bots: [
                "nova-micro": ManifestBot(digest: nova, smoke: pong, kind: "chat", aliases: ["nova"]),
                "claude": ManifestBot(digest: pong, kind: "chat", isEnabled: false),
            ])
        manifest.serial = 42
        manifest.parent = Manifest.Parent(serial: 41, digest: pong)
        return manifest
    }

    private let golden = """
        {
          "format": 1,
          "lineage": "5f3c",
          "serial": 42,
          "parent": {
            "serial": 41,
            "digest": "9795c5ff8937f23526ccb207a5684c1fc94a7854e19c021b39d944e51f5baef2"
          },
          "created": "2026-11-18T11:06:40Z",
          "by": "ana on laptop",
          "tool": "botctl 0.1.0",
          "source": {
            "revision": "0123abc",
            "dirty": true
          },
          "message": "say \\"hi\\"",
          "bots": {
            "claude": {
              "digest": "9795c5ff8937f23526ccb207a5684c1fc94a7854e19c021b39d944e51f5baef2",
              "smoke": null,
              "kind": "chat",
              "enabled": false,
              "aliases": []
            },
            "nova-micro": {
              "digest": "19e05df6b2e5fb94f3ee7eed2c02d340a1128a00231f5f6949641a143ab3b57a",
              "smoke": "9795c5ff8937f23526ccb207a5684c1fc94a7854e19c021b39d944e51f5baef2",
              "kind": "chat",
              "enabled": true,
              "aliases": [
                "nova"
              ]
            }
          }
        }

        """

    @Test func `the stored text is as it always was`() {
        #expect(String(decoding: manifest.encoded, as: UTF8.self) == golden)
    }

    @Test func `what is written is read back`() throws {
        #expect(try Manifest(decoding: manifest.encoded) == manifest)
        let first = Manifest(succeeding: nil, newLineage: "x", stamp: Samples.stamp(), bots: [:])
        #expect(try Manifest(decoding: first.encoded) == first)
        #expect(first.serial == 1)
        #expect(first.parent == nil)
    }

    @Test(arguments: ["\"revision\": \"0123abc\",\n    \"dirty\": null", "\"revision\": \"0123abc\""])
    func `whether files differed from the commit may be unknown`(source: String) throws {
        let text = golden.replacing("\"revision\": \"0123abc\",\n    \"dirty\": true", with: source)
        #expect(text != golden)
        let decoded = try Manifest(decoding: Array(text.utf8))
        #expect(decoded.source == Manifest.Source(revision: "0123abc", dirty: nil))
        #expect(decoded.json["source"]?["dirty"] == .null)
        #expect(try Manifest(decoding: decoded.encoded) == decoded)
    }

    @Test(arguments: [
        "a", "0", "a.b-c", String(repeating: "a", count: 63), "", ".a", "-a", "A", "a_b", "a/b", "\u{E4}",
        String(repeating: "a", count: 64),
    ])
    func `a bot's name is what the configuration accepts`(name: String) {
        var manifest = manifest
        manifest.bots = [name: ManifestBot(digest: nova, kind: "chat")]
        let bytes = manifest.encoded
        #expect(((try? Manifest(decoding: bytes)) != nil) == TextFormat.botName.accepts(name))
    }

    @Test func `members of a newer botctl are ignored`() throws {
        let text = golden.replacing("\"kind\": \"chat\",", with: "\"kind\": \"chat\", \"weight\": [1, {}],")
            .replacing("\"serial\": 42,", with: "\"serial\": 42, \"region\": null,")
        #expect(text != golden)
        #expect(try Manifest(decoding: Array(text.utf8)) == manifest)
    }

    @Test func `a higher format is refused`() async throws {
        let text = golden.replacing("\"format\": 1", with: "\"format\": 2")
        let error = #expect(throws: StateStoreError.self) { try Manifest(decoding: Array(text.utf8)) }
        #expect(error?.code == .newerFormat)
        #expect(error?.message.contains("format 2") == true)
        #expect(error?.hint != nil)
    }

    @Test(arguments: [
        ("\"format\": 1,", ""), ("\"format\": 1", "\"format\": \"1\""), ("\"format\": 1", "\"format\": 0"),
        ("\"lineage\": \"5f3c\",", ""), ("\"serial\": 42", "\"serial\": 0"), ("\"serial\": 42", "\"serial\": 4.2"),
        ("\"serial\": 42", "\"serial\": 99999999999999999999"), ("\"serial\": 41", "\"serial\": -1"),
        ("2026-11-18T11:06:40Z", "yesterday"), ("\"by\": \"ana on laptop\"", "\"by\": 7"),
        ("\"dirty\": true", "\"dirty\": \"yes\""), ("\"claude\"", "\"../claude\""), ("\"claude\"", "\"Claude\""),
        ("\"claude\"", "\"nova-micro\""), ("\"enabled\": false", "\"enabled\": null"), ("\"nova\"\n", "12\n"),
        ("\"smoke\": null", "\"smoke\": \"51ED\""), ("\"bots\"", "\"robots\""), ("{", "["), ("}\n", ""),
    ])
    func `what cannot be a manifest is refused`(part: String, replacement: String) {
        let text = golden.replacing(part, with: replacement)
        #expect(text != golden)
        let error = #expect(throws: StateStoreError.self) { try Manifest(decoding: Array(text.utf8)) }
        #expect(error?.code == .corrupt)
    }

    @Test func `every cut of a manifest is refused`() {
        let bytes = manifest.encoded
        for count in 0..<(bytes.count - 2) {
            #expect(throws: StateStoreError.self) { try Manifest(decoding: Array(bytes.prefix(count))) }
        }
    }
}
