import AWSConfigFiles
import Foundation
import JSONCoding
import Testing

struct ProfileVectorTests {
    @Test(arguments: try tests("profile-parser-tests.json"))
    func `every published file is read, or refused, as it should be`(testCase: JSONValue) throws {
        let input = testCase["input"]
        func profiles() throws -> AWSProfiles {
            try AWSProfiles(
                config: (input?["configFile"]?.string ?? "", "config"),
                credentials: (input?["credentialsFile"]?.string ?? "", "credentials"))
        }
        if let fragment = testCase["output"]?["errorContaining"]?.string {
            let error = #expect(throws: AWSConfigFileError.self) { try profiles() }
            #expect(error?.reason.contains(fragment) == true, "\(error?.description ?? "")")
            return
        }
        let config = testCase["output"]?["config"]
        let result = try profiles()
        #expect(content(of: result.profiles) == content(of: config?["profiles"]))
        #expect(content(of: result.ssoSessions) == content(of: config?["sso_sessions"]))
    }

    private func content(of profiles: [String: AWSProfile]) -> [String: [String: String]] {
        profiles.mapValues { profile in
            Dictionary(uniqueKeysWithValues: profile.keys.map { ($0, profile[$0] ?? "") })
        }
    }

    private func content(of object: JSONValue?) -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        for member in object?.object ?? [:] {
            result[member.name] = [:]
            for property in member.value.object ?? [:] {
                result[member.name]?[property.name] = property.value.string ?? ""
            }
        }
        return result
    }

    @Test(arguments: try tests("file-location-tests.json").filter { $0["platform"]?.string == "linux" })
    func `the files are where the environment says`(testCase: JSONValue) {
        var variables: [String: String] = [:]
        for member in testCase["environment"]?.object ?? [:] { variables[member.name] = member.value.string }
        let locations = AWSConfigFileLocations(variables: variables)
        #expect(locations.config == testCase["configLocation"]?.string)
        #expect(locations.credentials == testCase["credentialsLocation"]?.string)
        if let profile = testCase["profile"]?.string { #expect(locations.namedProfile ?? "default" == profile) }
    }
}

private func tests(_ name: String) throws -> [JSONValue] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    let file = try JSONParser.parse(Array(Data(contentsOf: folder.appending(path: name))))
    return try #require(file["tests"]?.array)
}
