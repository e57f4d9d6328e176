import AsyncHTTPClient
import JSONCoding
import NIOCore
import NIOHTTP1
package import PoeProtocol
package import Secrets

extension PoePlatform {
    /// How long Poe may take to store the settings of one bot: twice what the official package waits.
    private static let settingsTimeout: Duration = .seconds(10)
    /// How much of Poe's report on settings is read.
    private static let reportLimitInBytes = 16_384

    /// Pushes the settings of a bot, so that Poe works with them from now on.
    ///
    /// Pushing needs no way from Poe to the bot, so what Poe stores is what was deployed, and nothing that a gateway
    /// answers meanwhile. The access key stands in the URL: it is told to nobody, neither in an error.
    /// Source: Poe server-bot protocol, settings synchronisation: `update_settings`.
    ///
    /// - Parameters:
    ///   - settings: What the bot says of itself.
    ///   - handle: The bot's name on Poe.
    ///   - accessKey: The bot's access key.
    /// - Returns: What Poe says about it, as one line; Poe does not say in which form it reports.
    /// - Throws: ``PoePlatformError``, `CancellationError`.
    package func updateSettings(
        _ settings: PoeSettings, of handle: String, accessKey: Secret
    ) async throws -> String {
        let path = [handle, accessKey.reveal(), PoeQuery.protocolVersion].map(PathSegment.encoded)
            .joined(separator: "/")
        var request = HTTPClientRequest(url: "\(baseURL)/bot/update_settings/\(path)")
        request.method = .POST
        request.headers = ["accept": "*/*", "content-type": "application/json"]
        request.body = .bytes(ByteBuffer(bytes: settings.json.encoded()))
        let answer = try await exchange.answer(
            to: request, within: Self.settingsTimeout, byteLimit: Self.reportLimitInBytes)
        if let failure = answer.failure(hiding: accessKey) { throw failure }
        return answer.text(hiding: accessKey)
    }
}
