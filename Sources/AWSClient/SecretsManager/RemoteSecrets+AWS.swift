import AsyncHTTPClient
package import Secrets

extension RemoteSecrets {
    /// How many secrets are asked for at once.
    private static let concurrency = 16
    /// How long all look-ups together may take: a service that does not answer holds up the bots that name a secret of
    /// it, and those only for this long.
    private static let timeLimit = Duration.seconds(6)

    /// Secrets of AWS Secrets Manager, asked with the process's own credentials.
    ///
    /// Each look-up makes its connections and closes them again: there is one when a gateway starts and one for each
    /// change of what it serves.
    ///
    /// - Parameters:
    ///   - userAgent: How the client names itself.
    ///   - surroundings: Makes the world outside over a transport.
    /// - Returns: The secrets, none of which has been asked for yet.
    package static func secretsManager(
        userAgent: String, _ surroundings: @escaping @Sendable (HTTPTransport) -> AWSSurroundings
    ) -> RemoteSecrets {
        RemoteSecrets(member: { $0.member($1) }) { ids in
            do {
                return try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
                    let surroundings = surroundings(HTTPTransport(http))
                    let access = AWSAccess(surroundings, settings: try surroundings.settings(), userAgent: userAgent)
                    return await found(
                        ids,
                        by: SecretsManagerClient(
                            client: access.client, endpoints: access.endpoints, region: access.settings.region))
                }
            } catch {
                let failure = Failure("Secrets Manager cannot be asked: \(error)")
                return Dictionary(ids.map { ($0, .failure(failure)) }, uniquingKeysWith: { first, _ in first })
            }
        }
    }

    private static func found(_ ids: [String], by client: SecretsManagerClient) async -> Found {
        await withTaskGroup(of: (String, Result<Secret?, Failure>)?.self) { group in
            group.addTask {
                try? await Task.sleep(for: timeLimit)
                return nil
            }
            var rest = ids[...]
            for id in rest.prefix(concurrency) { group.addTask { (id, await lookUp(id, by: client)) } }
            rest = rest.dropFirst(concurrency)
            var found: Found = [:]
            while found.count < ids.count, case (let id, let value)?? = await group.next() {
                found[id] = value
                if let next = rest.popFirst() { group.addTask { (next, await lookUp(next, by: client)) } }
            }
            group.cancelAll()
            let late = Failure("Secrets Manager did not answer within \(timeLimit)")
            return ids.reduce(into: found) { if $0[$1] == nil { $0[$1] = .failure(late) } }
        }
    }

    private static func lookUp(_ id: String, by client: SecretsManagerClient) async -> Result<Secret?, Failure> {
        do {
            return .success(try await client.value(of: id))
        } catch let error as AWSServiceError where error.code == "ResourceNotFoundException" {
            return .success(nil)
        } catch AWSEndpointError.missingRegion {
            return .failure(Failure("there is no region to ask Secrets Manager in; set AWS_REGION"))
        } catch {
            return .failure(Failure("Secrets Manager does not give it: \(error)"))
        }
    }
}
