import AWSClient
import AWSSigning
import AsyncHTTPClient
import FileAccess
import Foundation
import JSONCoding
import Secrets
import WallClock

/// Calls services as the product does, for tests against servers that nobody here wrote.
///
/// Reads a command a line from its input, each a JSON object with `do`, and writes an answer a line: `{"ok": …}`, or
/// `{"error": {…}}`. Environment and shared files say where and as whom, as they do for the product.
@main
struct Probe {
    static func main() async throws {
        let configuration = HTTPPoolSettings().configuration
        try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            let surroundings = AWSSurroundings(
                variables: ProcessInfo.processInfo.environment, files: LocalFiles(), transport: HTTPTransport(http))
            let access = AWSAccess(surroundings, settings: try surroundings.settings(), userAgent: "probe")
            let probe = Probe(access: access, region: access.settings.region ?? "us-east-1")
            while let line = readLine() {
                let answer: JSONValue
                do {
                    answer = ["ok": try await probe.answer(try JSONParser.parse(Array(line.utf8)))]
                } catch let error as AWSServiceError {
                    answer = [
                        "error": [
                            "status": .integer(error.status), "code": error.code.map(JSONValue.string) ?? .null,
                            "message": .string(error.message),
                        ]
                    ]
                } catch {
                    answer = ["error": ["kind": .string("\(type(of: error))"), "message": .string("\(error)")]]
                }
                FileHandle.standardOutput.write(Data(answer.encoded() + [0x0A]))
            }
        }
    }

    let access: AWSAccess
    let region: String

    private func answer(_ command: JSONValue) async throws -> JSONValue {
        func text(_ name: String) -> String { command[name]?.string ?? "" }
        switch text("do") {
        case "credentials":
            let credentials = try await access.credentials.current()
            return [
                "access_key_id": .string(credentials.keys.accessKeyID),
                "account": credentials.accountID.map(JSONValue.string) ?? .null,
                "expiration": credentials.expiration.map { .string($0.iso8601) } ?? .null,
            ]
        case "caller":
            let role = command["role"]?.string.map { AssumedRole(arn: $0, externalID: command["external_id"]?.string) }
            let client = role.map { access.client(with: .role($0), region: region) } ?? access.client
            let identity = try await tokenService(client).callerIdentity()
            return ["account": .string(identity.account), "arn": .string(identity.arn)]
        case "assume":
            let credentials = try await tokenService(access.client).assume(
                AssumedRole(arn: text("role"), sessionName: text("session"), duration: .seconds(900)))
            return [
                "access_key_id": .string(credentials.keys.accessKeyID),
                "account": credentials.accountID.map(JSONValue.string) ?? .null,
                "seconds": credentials.expiration.map { .integer(Int($0.millisecondsSinceEpoch / 1000)) } ?? .null,
            ]
        case "web-identity":
            let credentials = try await tokenService(access.client).assume(
                WebIdentityRole(arn: text("role"), tokenFile: "", sessionName: "probe"), token: text("token"))
            return ["access_key_id": .string(credentials.keys.accessKeyID)]
        case "secret":
            let client = SecretsManagerClient(client: access.client, endpoints: access.endpoints, region: region)
            let secret = try await client.value(of: text("id"))
            if let key = command["key"]?.string { return secret.member(key).map { .string($0.reveal()) } ?? .null }
            return .string(secret.reveal())
        default: return try await storage(command)
        }
    }

    private func tokenService(_ client: AWSClient) throws -> STSClient {
        STSClient(client: client, endpoint: try access.endpoints.endpoint(of: .sts, region: region), region: region)
    }

    private func storage(_ command: JSONValue) async throws -> JSONValue {
        func text(_ name: String) -> String { command[name]?.string ?? "" }
        let storage = try S3Client(
            client: access.client, endpoints: access.endpoints, region: region,
            usesPathStyle: command["path_style"]?.bool)
        guard let location = S3Location(parsing: text("url")) else { return "no location" }
        switch text("do") {
        case "put":
            let condition: S3Client.Condition =
                if command["absent"]?.bool == true { .absent } else {
                    command["matches"]?.string.map { .matches(eTag: $0) } ?? .none
                }
            let eTag = try await storage.put(
                Array(text("content").utf8), to: location, contentType: "text/plain", condition: condition)
            return eTag.map(JSONValue.string) ?? .null
        case "get":
            let found = try await storage.get(
                location, limitInBytes: command["limit"]?.integer ?? 1_000_000,
                unlessMatching: command["unless"]?.string)
            guard let found else { return "unchanged" }
            return [
                "content": .string(String(decoding: found.bytes, as: UTF8.self)),
                "etag": found.object.eTag.map(JSONValue.string) ?? .null,
                "type": found.object.contentType.map(JSONValue.string) ?? .null,
            ]
        case "head":
            guard let object = try await storage.head(location) else { return .null }
            return ["size": .integer(object.size ?? -1), "etag": object.eTag.map(JSONValue.string) ?? .null]
        case "list":
            let objects = try await storage.list(location, limit: command["limit"]?.integer ?? 10_000)
            return .array(objects.map { ["key": .string($0.key), "size": .integer($0.size)] })
        case "delete":
            try await storage.delete(location)
            return true
        case "presign":
            return .string(
                try await storage.presignedURL(
                    of: location, expiresAfter: .seconds(command["seconds"]?.integer ?? 60),
                    contentType: command["type"]?.string))
        default: return "no such command"
        }
    }
}
