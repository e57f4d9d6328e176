import BotConfiguration
import ModelCatalog
import Testing

struct KeyExplanationTests {
    private func project(_ files: [String: String]) throws -> Project {
        try TestProject(files).load()
    }

    @Test func `a key of a bot is explained with its value and what that hides`() throws {
        let project = try project([
            "bots.d/a.yaml": "model: amazon.nova-micro-v1:0\nparameters: {temperature: 0.5}\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7}\n",
        ])
        let explanation = try KeyExplanation(of: "a.parameters.temperature", in: project)
        #expect(explanation.bot == "a")
        #expect(explanation.field?.key == "temperature")
        let entry = try #require(explanation.entries.first)
        #expect(entry.value.text == "0.5")
        #expect(entry.origin.description == "bots.d/a.yaml:2:27")
        #expect(entry.hidden.map(\.origin.description) == ["templates/DEFAULT_CHAT_CONFIG.yaml:1:27"])
    }

    @Test func `the longest bot name wins`() throws {
        let project = try project([
            "bots.d/a.yaml": "model: amazon.nova-micro-v1:0\n",
            "bots.d/a.model.yaml": "model: amazon.nova-pro-v1:0\n",
        ])
        #expect(try KeyExplanation(of: "a.model.model.id", in: project).bot == "a.model")
        #expect(try KeyExplanation(of: "a.model", in: project).path.isEmpty)
    }

    @Test func `a key alone is explained without a project`() throws {
        let explanation = try KeyExplanation(of: "limits.idle_timeout", in: nil)
        #expect(explanation.bot == nil)
        #expect(explanation.field?.defaultValue?.text == "2m")
        #expect(explanation.entries.isEmpty)
    }

    @Test(arguments: [
        ("parameters.temprature", "did you mean 'parameters.temperature'?"),
        ("temprature", "did you mean 'parameters.temperature'?"),
        ("temperature", "did you mean 'parameters.temperature'?"), ("smoke.promt", "did you mean 'smoke.prompt'?"),
        ("b.model.regoin", "did you mean 'b.model.region'?"), ("bb.model.region", "did you mean 'b.model.region'?"),
    ])
    func `what does not exist is an error with the closest that does`(subject: String, hint: String) throws {
        let project = try project(["bots.d/b.yaml": "model: amazon.nova-micro-v1:0\n"])
        do throws(ProjectError) {
            _ = try KeyExplanation(of: subject, in: project)
            Issue.record("'\(subject)' was explained")
        } catch {
            #expect(error.hint == hint)
        }
    }

    @Test(arguments: [
        ("gateway.limits.body", ConfigurationFile.project), ("environments.staging.state", .project),
        ("rules", .project), ("context_tokens", .facts), ("model.id", .bot),
    ])
    func `keys of every kind of file are explained`(path: String, file: ConfigurationFile) throws {
        let explanation = try KeyExplanation(of: path, in: nil)
        #expect(explanation.file == file)
        #expect(explanation.field != nil)
    }

    @Test(arguments: ConfigurationFile.allCases)
    func `a kind of file lists its keys`(file: ConfigurationFile) throws {
        let explanation = try KeyExplanation(of: file.rawValue, in: nil)
        #expect(explanation.file == file)
        #expect(!explanation.nested.isEmpty)
    }
}
