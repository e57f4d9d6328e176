import AWSConfigFiles
import FileAccess
import TestSupport
import Testing

struct AWSConfigFileLocationsTests {
    @Test func `a path may start in the home directory`() {
        let locations = AWSConfigFileLocations(variables: ["HOME": "/h", "AWS_CONFIG_FILE": "~/c", "AWS_PROFILE": ""])
        #expect(locations.config == "/h/c")
        #expect(locations.credentials == "/h/.aws/credentials")
        #expect(locations.namedProfile == nil)
    }

    @Test func `files that do not exist are empty`() throws {
        let profiles = try AWSConfigFileLocations(variables: ["HOME": "/h"]).load(from: InMemoryFiles(files: [:]))
        #expect(profiles.profiles.isEmpty)
        #expect(try AWSConfigFileLocations(variables: [:]).load(from: InMemoryFiles(files: [:])) == profiles)
    }

    @Test func `an error names file and line and no value`() {
        let files = InMemoryFiles(files: ["/h/.aws/credentials": Array("[default]\naws_secret_access_key: hush".utf8)])
        let error = #expect(throws: AWSConfigFileError.self) {
            try AWSConfigFileLocations(variables: ["HOME": "/h"]).load(from: files)
        }
        #expect(error?.description == "/h/.aws/credentials:2: Expected an '=' sign defining a property")
    }

    @Test func `properties know their file, and nested blocks their properties`() throws {
        let profiles = try AWSProfiles(
            config: ("[profile a]\nx = 1\ny = 2\n[services z]\ns3 =\n  Endpoint_URL = http://s3\n  other = =", "c"),
            credentials: ("[a]\ny = 3", "d"), selected: "a")
        #expect(profiles.current?.file(of: "x") == .config)
        #expect(profiles.current?.file(of: "y") == .credentials)
        #expect(profiles.current?["y"] == "3")
        #expect(profiles.services["z"]?.nested("s3", "endpoint_url") == "http://s3")
        #expect(profiles.services["z"]?.nested("s3", "other") == "=")
        #expect(profiles.services["z"]?.nested("sts", "endpoint_url") == nil)
    }

    @Test func `no description tells a value`() {
        let profile = AWSProfile(name: "a", properties: ["aws_secret_access_key": "hush"])
        #expect(!"\(profile) \(String(reflecting: profile))".contains("hush"))
    }
}
