import BotConfiguration
import Diagnostics
import Testing

/// Everything that is wrong is found in one run, at the place where the person wrote it.
struct ProjectDiagnosticsTests {
    @Test(arguments: [
        ("modle: x", "bots.d/x.yaml:1:1 BOT012 unknown key 'modle'"),
        (
            "model: m.x\nparameters:\n  temprature: 1",
            "bots.d/x.yaml:3:3 BOT012 unknown key 'temprature' in 'parameters'"
        ),
        (
            "model: m.x\nparameters: {temperature: hot}",
            "bots.d/x.yaml:2:27 BOT020 'parameters.temperature' must be a number from 0 to 2, found the text 'hot'"
        ),
        (
            "model: m.x\nparameters: {temperature: 2.5}",
            "bots.d/x.yaml:2:27 BOT021 'parameters.temperature' must be a number from 0 to 2, found 2.5"
        ),
        (
            "model: m.x\nparameters: {max_tokens: 0}",
            "bots.d/x.yaml:2:26 BOT021 'parameters.max_tokens' must be a whole number from 1 to 1000000, found 0"
        ),
        ("model: m.x\nkind: chatt", "bots.d/x.yaml:2:7 BOT022 'chatt' is no value of 'kind'"),
        (
            "model: m.x\nkind: video",
            "bots.d/x.yaml:1:8 BOT023 'model.output' is missing: a video model puts its results into S3"
        ),
        (
            "kind: image\nmodel: {provider: openai, id: x, base_url: \"http://h/v1\"}",
            "bots.d/x.yaml:2:19 BOT027 bots of the kind 'image' behind the provider 'openai' are not available yet"
        ),
        (
            "model: {provider: openai, id: x}",
            "bots.d/x.yaml:1:19 BOT023 in 'model', 'base_url' is required when 'provider' is 'openai'"
        ),
        (
            "model: m.x\nparameters: {aspect_ratio: 16x9}",
            "bots.d/x.yaml:2:28 BOT026 'parameters.aspect_ratio' must be a width to a height, such as 16:9, found '16x9'"
        ),
        (
            "model: m.x\nparameters: {seed: 4294967295}",
            "bots.d/x.yaml:2:20 BOT021 'parameters.seed' must be a whole number from 0 to 4294967294, found 4294967295"
        ),
        (
            "model: m.x\nfallback: {to: y}",
            "bots.d/x.yaml:2:12 BOT030 'fallback.to' has no effect in this version yet"
        ),
        ("description: no model", "bots.d/x.yaml:1:1 BOT023 'model' is missing"),
        ("model: {region: us-east-1}", "bots.d/x.yaml:1:8 BOT023 'model.id' is missing"),
        ("model:\nenabled: true", "bots.d/x.yaml:1:1 BOT024 'model' has no value"),
        ("model: m.x\nenabled: yes", "bots.d/x.yaml:2:10 BOT025 'yes' is a text, not true or false"),
        (
            "model: m.x\nlimits: {idle_timeout: 30}",
            "bots.d/x.yaml:2:24 BOT026 'limits.idle_timeout' needs a unit, found 30"
        ),
        (
            "model: m.x\npoe: {access_key: abcdef}",
            "bots.d/x.yaml:2:19 BOT028 'poe.access_key' holds a text where only a reference to a secret may stand"
        ),
        ("model: m.x\npoe: {access_key: \"${vault:x}\"}", "bots.d/x.yaml:2:19 BOT029 'vault' is no place for secrets"),
        ("model: m.x\nsystem_prompt: {file: ../x}", "bots.d/x.yaml:2:23 BOT032 '../x' is not inside the project"),
        (
            "model: m.x\nname: Not A Name",
            "bots.d/x.yaml:2:7 BOT026 'name' must be a name of lower-case letters, digits, '.' and '-', at most 63 characters, found 'Not A Name'"
        ),
        ("model: m.x\ntemplate: NONE", "bots.d/x.yaml:2:11 BOT052 there is no template 'NONE'"),
        (
            "model: {id: amazon.nova-micro-v1:0, profile: none, region: us-west-2}",
            "bots.d/x.yaml:1:46 BOT053 model amazon.nova-micro-v1:0 is not callable by its bare id in us-west-2"
        ),
        (
            "model: cohere.embed-english-v3",
            "bots.d/x.yaml:1:8 BOT054 'cohere.embed-english-v3' is a model for embedding, which no bot can serve"
        ),
        ("model: m.x\nsmoke: [{name: a}]", "bots.d/x.yaml:2:9 BOT023 'smoke[0].prompt' is missing"),
        ("model: 5", "bots.d/x.yaml:1:8 BOT020 'model' must be a model id or ARN, found the number 5"),
        ("model: m.x\ndescription: [1]", "bots.d/x.yaml:2:14 BOT020 'description' must be a text, found a list"),
        ("model: m.x\nlabels: {b: {c: d}}", "bots.d/x.yaml:2:13 BOT020 'labels.b' must be a text, found a map of keys"),
        ("- a\n- b", "bots.d/x.yaml:1:1 BOT020 the file must hold a map of keys"),
    ])
    func `a mistake is found where it was written`(text: String, expected: String) throws {
        let problems = try TestProject(["bots.d/x.yaml": text]).problems()
        #expect(problems == [expected])
    }

    @Test func `all problems of all files are found in one run, in order`() throws {
        let problems = try TestProject([
            "bots.d/b.yaml": "model: m.x\nfoo: 1\nbar: 2",
            "bots.d/a.yaml": "model: [",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 9}",
        ]).problems()
        #expect(problems.map { $0.split(separator: " ")[1] } == ["BOT001", "BOT012", "BOT012", "BOT021"])
    }

    @Test func `a misspelt key is told what was meant, also when it stands in the wrong place`() throws {
        let project = try TestProject(["bots.d/x.yaml": "model: m.x\ntemperature: 1\nparameters: {max_token: 5}"])
            .load()
        let help = project.diagnostics.flatMap(\.help)
        #expect(help.contains("write it under 'parameters:'"))
        #expect(help.contains("did you mean 'max_tokens'?"))
    }

    @Test(arguments: [
        ("temprature: 1", "did you mean 'temperature', under 'parameters:'?"),
        ("max_token: 5", "did you mean 'max_tokens', under 'parameters:'?"),
        ("poe: {parameters: {top_p: 0.5}}", "write it at the start of the line, beside 'model'"),
        ("poe: {sytem_prompt: x}", "did you mean 'system_prompt', at the start of the line, beside 'model'?"),
        ("role_arn: x", "write it under 'credentials:' in 'model:'"),
        ("limits: {max_token: 5}", "did you mean 'max_tokens', under 'parameters:'?"),
        ("smoke: [{name: a, prompt: b, contains: c}]", "write it under 'expect:'"),
        ("smoke: [{name: a, expect: {prompt: b}}]", "write it beside 'expect'"),
        ("templat: X", "did you mean 'template'?"),
        ("parameters: {temprature: 1}", "did you mean 'temperature'?"),
    ])
    func `the nearest key is meant, wherever it is valid, and its place is told`(text: String, help: String) throws {
        let project = try TestProject(["bots.d/x.yaml": "model: m.x\n" + text]).load()
        #expect(project.diagnostics.first { $0.code == .unknownKey }?.help == [help])
    }

    @Test(arguments: [
        ("upstream: aws", "write it under 'NAME:' in 'environments:'"),
        ("environments: {a: {url: x}}", "write it under 'gateway:'"),
        ("environments: {a: {temperature: 1}}", "write it under 'parameters:' in 'overrides:'"),
        (
            "environments: {a: {overrides: {temprature: 1}}}", "did you mean 'temperature', under 'parameters:'?"
        ),
        ("environments: {a: {bots: {x: {poe: {limits: {}}}}}}", "write it beside 'poe'"),
        ("model: x", "write it in the bot's own file in bots.d"),
        ("temperature: 1", "write it under 'parameters:' in the bot's own file in bots.d"),
    ])
    func `keys of the project are told their place too`(text: String, help: String) {
        let sources = TestProject(["bots.d/x.yaml": "model: m.x", "botctl.yaml": text]).sources()
        #expect(sources.fileDiagnostics.first { $0.code == .unknownKey }?.help == [help])
    }

    @Test(arguments: [
        ("paramters: {temprature: hot, max_tokens: lots}", ["BOT012", "BOT012", "BOT020", "BOT020"]),
        ("poe: {parameters: {max_tokens: lots}}", ["BOT012", "BOT020"]),
        ("max_token: lots", ["BOT012", "BOT020"]),
        ("smoek: [{nam: a, prompt: [b]}]", ["BOT012", "BOT012", "BOT020"]),
        ("poe: {acess_key: hunter22}", ["BOT012", "BOT028"]),
        // A value that is right under the key that was meant is no further problem.
        ("paramters: {temperature: 0.5}", ["BOT012"]),
        // Nobody can say what these mean.
        ("paramters: [lots]", ["BOT012"]), ("parameters: {top: lots}", ["BOT012"]),
        ("parameters: {max_tokens: 5}\nparamters: {max_tokens: lots}", ["BOT012"]),
    ])
    func `what stands under a wrong key is judged as what was meant`(text: String, codes: [String]) throws {
        let problems = try TestProject(["bots.d/x.yaml": "model: m.x\n" + text]).problems()
        #expect(problems.map { String($0.split(separator: " ")[1]) } == codes)
    }

    @Test func `what was meant by a wrong key is not taken`() {
        let sources = TestProject(["bots.d/x.yaml": "model: m.x\nparamters: {top_p: 0.5}"]).sources()
        #expect(sources.botFiles.first?.layer?.fields.keys == ["model"])
    }

    @Test(arguments: [
        ("parameters: {max_tokens: 1e3}", "write 1000"), ("parameters: {max_tokens: 4k}", "write 4000"),
        ("parameters: {max_tokens: lots}", "write it in digits only, such as 4096"),
        ("limits: {max_concurrent: lots}", "write it in digits only, such as 64"),
        ("parameters: {temperature: hot}", "write it in digits, such as 0.7"),
        ("parameters:\n  temperature: 0,2", "write 0.2"),
        ("parameters: {top_p: 50%}", "50 % is 0.5: write that"),
        ("parameters: {temperature: 50%}", "write a number without the percent sign"),
        ("parameters:\n  top_p = 0.5", "write 'top_p: ', with a colon in place of the equals sign"),
        (
            "smoke: {name: a, prompt: b}",
            "make it the entry of a list: '- ' in front of its first key, the others as deep; or [{…}]"
        ),
        ("model: \"${env:MODEL}\"", "write the value itself; what differs between environments goes into botctl.yaml"),
        ("name: \"${env:hunter13}\"", "only references to secrets are resolved: write the value itself"),
        ("name: My Bot!", "write my-bot"),
    ])
    func `a value of another form is told what to write`(text: String, help: String) throws {
        let project = try TestProject(["bots.d/x.yaml": text]).load()
        #expect(project.diagnostics.first { $0.code != .missingValue }?.help == [help])
    }

    @Test func `a file with equals signs is told so`() throws {
        let project = try TestProject(["bots.d/x.yaml": "model = amazon.nova-micro-v1:0"]).load()
        #expect(
            project.diagnostics.map(\.help) == [["write 'model: ', with a colon in place of the equals sign"]])
    }

    @Test func `a reference in a text that nothing resolves is a warning`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nsystem_prompt: ${env:PROMPT}\ndescription: ${HOME} is it"
        ]).load()
        #expect(project.diagnostics.map(\.code) == [.invalidReference])
        #expect(project.diagnostics.map(\.severity) == [.warning])
        #expect(project.bots.map(\.config.systemPrompt) == ["${env:PROMPT}"])
    }

    @Test func `a template that is near to none is told which there are`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: m.x\ntemplate: NOSUCH", "templates/CAREFUL.yaml": "enabled: true",
        ]).load()
        #expect(
            project.diagnostics.map(\.help) == [
                ["templates are files in templates/: create templates/NOSUCH.yaml", "templates that exist: 'CAREFUL'"]
            ])
    }

    @Test(arguments: [
        ("ftp://host/x", DiagnosticCode.invalidFormat), ("s3:/bucket", nil), ("s3://", .invalidFormat),
        ("s3://bucket/prefix", .notAvailableYet), ("\"\"", .invalidFormat), ("state/here", nil), ("/var/lib/x", nil),
    ])
    func `a state store that there is not is told`(state: String, code: DiagnosticCode?) {
        let sources = TestProject([
            "bots.d/x.yaml": "model: m.x", "botctl.yaml": "environments: {local: {state: \(state)}}",
        ]).sources()
        #expect(sources.fileDiagnostics.map(\.code) == (code.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("x", "x", "'renamed_from' names the bot itself"),
        ("x", "y", "'renamed_from' names 'y', which is a bot of this project still"),
    ])
    func `a bot was not renamed from one that there still is`(name: String, former: String, message: String) throws {
        let project = try TestProject([
            "bots.d/\(name).yaml": "model: amazon.nova-micro-v1:0\nrenamed_from: \(former)",
            "bots.d/y.yaml": "model: amazon.nova-micro-v1:0",
        ]).load()
        #expect(project.diagnostics.map(\.code) == [.duplicateName])
        #expect(project.diagnostics.map(\.message) == [message])
    }

    @Test func `two bots were not renamed from one`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nrenamed_from: old\naliases: [old]",
            "bots.d/y.yaml": "model: amazon.nova-micro-v1:0\nrenamed_from: old",
        ]).load()
        #expect(project.diagnostics.map(\.message) == ["two bots say that they were 'old' before"])
        #expect(project.diagnostics.first?.notes.first?.location?.description == "bots.d/x.yaml:2:15")
    }

    @Test func `two bots of one name are an error that shows both`() throws {
        let project = try TestProject([
            "bots.d/a.yaml": "model: amazon.nova-micro-v1:0\nname: same",
            "bots.d/same.yaml": "model: amazon.nova-micro-v1:0\naliases: [a, same]",
        ]).load()
        #expect(project.diagnostics.map(\.code) == [.duplicateName, .duplicateName])
        #expect(project.diagnostics[0].notes.first?.location?.description == "bots.d/a.yaml:2:7")
    }

    @Test func `a secret in plain text does not appear in the diagnostic`() throws {
        let key = "0123456789abcdef0123456789abcdef"
        let project = try TestProject(["bots.d/x.yaml": "model: m.x\npoe: {access_key: \(key)}"]).load()
        let diagnostic = try #require(project.diagnostics.first { $0.code == .secretInPlainText })
        #expect(!"\(diagnostic)".contains(key))
        #expect(diagnostic.location?.excerpt == "poe: {access_key: ********************************}")
    }

    @Test func `no bots at all is an error, never a success`() throws {
        #expect(
            try TestProject(["templates/DEFAULT_CHAT_CONFIG.yaml": "enabled: true"]).load().diagnostics.map(\.code) == [
                .noBots
            ])
        #expect(try TestProject(["bots.d/README.md": "x"]).load().diagnostics.map(\.code) == [.noBots])
    }

    @Test func `what only rules judge does not keep a bot from being made`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-mikro-v1:0",
            "bots.d/y.yaml": "model: anthropic.claude-sonnet-5-5\nparameters: {temperature: 1}",
            "bots.d/z.yaml": "model: amazon.nova-micro-v1:0\nparameters: {max_tokens: 900000}",
        ]).load()
        #expect(project.diagnostics == [])
        #expect(project.bots.map(\.name) == ["x", "y", "z"])
        #expect(project.bots.map(\.effective.adjustments.count) == [0, 1, 1])
    }

    @Test func `an unknown environment names those that exist`() throws {
        let error = #expect(throws: ProjectError.self) {
            try TestProject(["bots.d/x.yaml": "model: m.x"]).load(environment: "prod")
        }
        #expect(error?.hint == "environments of this project: local")
    }

    @Test(arguments: [
        (
            "parameters.temperature=3",
            "--set parameters.temperature: 'parameters.temperature' must be a number from 0 to 2, found 3"
        ),
        ("temperature=1", "--set temperature: there is no key 'temperature'"),
        ("novalue", "--set novalue: there is no '='"),
        ("enabled=", "--set enabled: there is no value after '='"),
    ])
    func `an assignment that makes no sense is refused`(text: String, message: String) throws {
        let error = #expect(throws: ProjectError.self) {
            try TestProject(["bots.d/x.yaml": "model: m.x"]).load(set: [text])
        }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        "poe: {access_key: KEY, bogus: 1}", "poe: {access_key: [KEY, \"KEY \"]}", "poe: {acces_key: KEY}",
        "access_key: KEY", "poe: {access_key: {value: KEY}}", "poe:\n  access_key:\n    - KEY\n    - KEY",
        "poe: {access_key: KEY, access_key: KEY}", "poe:\n  access_key: KEY\n  access_key: \"KEY",
        "access_key: x\naccess_key: KEY", "poe: {acces_key: \"x, KEY", "poe: {\"access_key\": KEY\nbogus: [",
        "poe: {access_key: [x, KEY", "poe:\n  access_key: KEY, KEY}: [",
        "poe:\n  access_key:\n  - x\n  - KEY: [", "poe:\n  access_key:\n    \"KEY", "poe:\n  api_key: |\n  \tKEY",
        "token: KEY", "env: [API_TOKEN=KEY]", "headers: {Authorization: KEY}",
        "headers:\n  Authorization:\n    Bearer KEY: [",
    ])
    func `no excerpt shows a key, wherever the mistake is`(text: String) throws {
        let key = "0123456789abcdef0123456789abcdef"
        let file =
            "model: amazon.nova-micro-v1:0\n"
            + text.split(separator: "KEY", omittingEmptySubsequences: false)
            .joined(separator: key)
        let diagnostics = try TestProject(["bots.d/x.yaml": file]).load().diagnostics
        #expect(!diagnostics.isEmpty)
        #expect(!"\(diagnostics)".contains(key))
    }

    @Test func `a text in the place of credentials is not shown`() throws {
        let text = "model: {id: acme.m, credentials: hunter2}"
        let diagnostics = try TestProject(["bots.d/x.yaml": text]).load().diagnostics
        #expect(diagnostics.map(\.message).contains("'model.credentials' must be a map of keys, found a text"))
        #expect(!"\(diagnostics)".contains("hunter2"))
    }

    @Test func `a line keeps what is no secret`() throws {
        let line = #"poe: {access_key: ["${env:A_{NAME}}", "${env:B}"], handle: Nova, bogus: 1}"#
        let diagnostics = try TestProject(["bots.d/x.yaml": "model: m.x\n" + line]).load().diagnostics
        #expect(diagnostics.first { $0.code == .unknownKey }?.location?.excerpt == line)
    }

    @Test func `a value of --set is never repeated`() throws {
        let error = #expect(throws: ProjectError.self) {
            try TestProject(["bots.d/x.yaml": "model: m.x"]).load(set: ["poe.access_key=topsecrettopsecret"])
        }
        #expect(error?.description.contains("topsecret") == false)
    }

    @Test func `a file full of mistakes is bounded in what it says`() throws {
        let lines = (0..<20_000).map { "key\($0): 1" }.joined(separator: "\n")
        let diagnostics = try TestProject(["bots.d/x.yaml": "model: m.x\n" + lines]).load().diagnostics
        #expect(diagnostics.count == 100)
        #expect(diagnostics.contains { $0.notes.first?.message == "19900 more problems of this file are left out" })
    }

    @Test(arguments: [
        ("additional: 5", "must be a map of keys"), ("additional: {top_k: }", "is missing"),
        ("temperature: 1e-9223372036854775808", "must be a number"), ("max_tokens: 0x", "must be a whole number"),
    ])
    func `what could be dropped or crash is an error`(text: String, message: String) throws {
        let problems = try TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nparameters: {\(text)}"])
            .problems()
        #expect(problems.count == 1)
        #expect(problems.first?.contains(message) == true)
    }

    @Test func `of a broken botctl.yaml no environment is guessed`() throws {
        let sources = ProjectSources.read(
            ProjectLocation(root: "/p"),
            files: TestProject(["botctl.yaml": "environments: {prod: {", "bots.d/x.yaml": "model: m.x"]).files)
        #expect(sources.hasBrokenSettings)
        #expect(sources.fileDiagnostics.map(\.code) == [.yamlSyntax])
    }
}
