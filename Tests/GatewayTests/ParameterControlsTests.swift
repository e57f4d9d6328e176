import BotConfiguration
import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import ModelCatalog
import PoeProtocol
import Synchronization
import Testing

/// What Poe shows of a bot's controls, and what becomes of the values that come back.
@Suite(.timeLimit(.minutes(1)))
struct ParameterControlsTests {
    private static let stated = """
        "poe":{"parameter_controls":{"sections":[
          {"name":"Style","collapsed_by_default":true,"controls":[
            {"control":"slider","label":"Heat","parameter_name":"temperature","min_value":"0","max_value":"1",
             "step":"0.1","default_value":0.5},
            {"control":"divider"},
            {"control":"condition","condition":{"comparator":"gt","left":{"parameter_name":"temperature"},
              "right":{"literal":0.7}},
             "controls":[{"control":"toggle_switch","label":"Think","parameter_name":"reasoning"}]}]},
          {"tabs":[{"name":"More","controls":[
            {"control":"text_field","label":"Longest answer","parameter_name":"max_tokens","placeholder":"any"},
            {"control":"drop_down","label":"Tone","parameter_name":"tone","options":[
              {"value":"dry","name":"Dry"},{"value":"kind","name":"Kind"}]}]}]}]}}
        """

    private func settings(_ members: String, model: String = "amazon.nova-micro-v1:0") throws -> JSONValue {
        let kind = model.hasPrefix("stability") ? "image" : "chat"
        let stored = """
            {"kind":"\(kind)","model":{"provider":"bedrock","region":"us-west-2",\
            "upstream":{"us-west-2":"\(model)"}},"schema":2\(members)}
            """
        return PoeSettings(try BotConfig(stored: Array(stored.utf8), name: "bot", catalog: .embedded)).json
    }

    @Test func `controls go out as Poe specifies them`() throws {
        let settings = try settings("," + Self.stated)
        #expect(
            settings["parameter_controls"]?.text(.indented) == """
                {
                  "api_version": "2",
                  "sections": [
                    {
                      "collapsed_by_default": true,
                      "controls": [
                        {
                          "control": "slider",
                          "default_value": 0.5,
                          "label": "Heat",
                          "max_value": 1,
                          "min_value": 0,
                          "parameter_name": "temperature",
                          "step": 0.1
                        },
                        {
                          "control": "divider"
                        },
                        {
                          "condition": {
                            "comparator": "gt",
                            "left": {
                              "parameter_name": "temperature"
                            },
                            "right": {
                              "literal": 0.7
                            }
                          },
                          "control": "condition",
                          "controls": [
                            {
                              "control": "toggle_switch",
                              "label": "Think",
                              "parameter_name": "reasoning"
                            }
                          ]
                        }
                      ],
                      "name": "Style"
                    },
                    {
                      "tabs": [
                        {
                          "controls": [
                            {
                              "control": "text_field",
                              "label": "Longest answer",
                              "parameter_name": "max_tokens",
                              "placeholder": "any"
                            },
                            {
                              "control": "drop_down",
                              "label": "Tone",
                              "options": [
                                {
                                  "name": "Dry",
                                  "value": "dry"
                                },
                                {
                                  "name": "Kind",
                                  "value": "kind"
                                }
                              ],
                              "parameter_name": "tone"
                            }
                          ],
                          "name": "More"
                        }
                      ]
                    }
                  ]
                }
                """)
    }

    @Test func `auto offers the efforts that a model takes`() throws {
        let auto = #","poe":{"parameter_controls":"auto"}"#
        let none = try settings(auto)
        #expect(none["parameter_controls"] == nil)
        let reasoning = try settings(auto, model: "us.anthropic.claude-opus-4-6-v1")
        let control = reasoning["parameter_controls"]?["sections"]?.array?.first?["controls"]?.array?.first
        #expect(control?["parameter_name"]?.string == "reasoning_effort")
        #expect(control?["default_value"]?.string == "auto")
        let efforts = (control?["options"]?.array ?? []).compactMap { $0["value"]?.string }
        #expect(efforts.contains("low") && efforts.contains("high") && efforts.first == "auto")
    }

    @Test func `auto offers the shapes and seeds of an image model`() throws {
        let settings = try settings(
            #","poe":{"parameter_controls":"auto"},"parameters":{"aspect_ratio":"16:9","seed":7}"#,
            model: "stability.stable-image-core-v1:1")
        let controls = settings["parameter_controls"]?["sections"]?.array?.first?["controls"]?.array ?? []
        #expect(controls.map { $0["parameter_name"]?.string } == ["aspect_ratio", "seed"])
        #expect(controls.first?["default_value"]?.string == "16:9")
        #expect(controls.first?["options"]?.array?.first?.text() == #"{"width":16,"height":9,"value":"16:9"}"#)
        #expect(controls.last?["default_value"]?.string == "7")
    }

    // MARK: - Values

    /// What the model is asked with, or the error that the user gets.
    private func asked(_ parameters: String) async throws -> (request: ChatRequest?, error: String?) {
        let seen = Mutex<ChatRequest?>(nil)
        var world = TestGateway()
        world.source = .fixed([.init(config: try sampleBot(members: Self.stated))])
        world.script = { _ in
            ScriptedUpstreamOfRequests { request in seen.withLock { $0 = request } }
        }
        let body = """
            {"type":"query","query":[{"role":"user","content":"old","parameters":{"tone":"odd"}},
            {"role":"bot","content":"x"},{"role":"user","content":"Hi","parameters":\(parameters)}]}
            """
        let reply = try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: body))
        }
        return (seen.withLock { $0 }, reply?.data(of: "error"))
    }

    @Test func `values become parameters of the model`() async throws {
        let asked = try await asked(
            #"{"temperature":0.25,"reasoning":null,"max_tokens":" 200 ","tone":"kind","undeclared":{"a":[1]}}"#
                .replacing(" 200 ", with: "200"))
        #expect(asked.error == nil)
        #expect(asked.request?.sampling.temperature == 0.25)
        #expect(asked.request?.sampling.maxTokens == 200)
        #expect(asked.request?.sampling.additional == ["tone": "kind"])
    }

    @Test(arguments: ["null", "{}", "[]", "7", #"{"max_tokens":""}"#, #"{"poe_x":1,"sections":[]}"#])
    func `what says nothing changes nothing`(parameters: String) async throws {
        let asked = try await asked(parameters)
        #expect(asked.error == nil)
        #expect(asked.request?.sampling.temperature == nil)
        #expect(asked.request?.sampling.additional == JSONObject())
    }

    @Test(arguments: [
        (#"{"temperature":1.5}"#, "“Heat” cannot have that value: it takes a number from 0 to 1."),
        (#"{"temperature":"0.5"}"#, "a number from 0 to 1"), (#"{"temperature":1e999}"#, "a number from 0 to 1"),
        (#"{"reasoning":"yes"}"#, "on or off"), (#"{"tone":"rude"}"#, "one of “dry”, “kind”"),
        (#"{"tone":["dry"]}"#, "one of"), (#"{"max_tokens":"many"}"#, "a whole number above 0"),
        (#"{"max_tokens":"-1"}"#, "a whole number above 0"), (#"{"max_tokens":5}"#, "a text"),
    ])
    func `a value that its control cannot have is the user's error`(parameters: String, words: String) async throws {
        let asked = try await asked(parameters)
        #expect(asked.request == nil)
        #expect(asked.error?.contains(words) == true, "\(asked.error ?? "no error")")
        #expect(asked.error?.contains(#""error_type":"user_caused_error""#) == true)
        #expect(asked.error?.contains(#""allow_retry":false"#) == true)
    }
}

/// Shows each request, and says one word.
private struct ScriptedUpstreamOfRequests: DescribedUpstream {
    let see: @Sendable (ChatRequest) -> Void

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        see(request)
        try await deliver([.text("Hi"), .finished(.endOfTurn)])
    }

    func describe(_ request: ChatRequest) -> UpstreamDescription {
        UpstreamDescription(operation: "Script", url: "script:", exampleRequest: .null)
    }
}
