import AsyncHTTPClient
import PoePlatform
import PoeProtocol
import ServiceLifecycle

/// Keeps the way to Poe's side open for as long as answers need it.
struct PlatformService: Service {
    /// Where users are charged, once it can be called; nil where nobody is.
    let platform: Latch<PoePlatform>?
    /// Where files are brought, once it can be called; nil where they are shown from here.
    let uploads: Latch<PoeUploads>?
    private let chargingURL: String?
    private let uploadURL: String?

    /// How many calls are under way at once; more wait.
    private static let connectionLimit = 256

    /// A service; nil for a gateway that calls nothing on Poe's side.
    init?(_ configuration: GatewayConfiguration) {
        chargingURL = configuration.chargingURL
        uploadURL = configuration.uploadURL
        guard chargingURL != nil || uploadURL != nil else { return nil }
        platform = chargingURL.map { _ in Latch() }
        uploads = uploadURL.map { _ in Latch() }
    }

    func run() async throws {
        var configuration = PoeClient.httpConfiguration
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connectionLimit
        let http = HTTPClient(configuration: configuration)
        do {
            if let chargingURL { platform?.set(try PoePlatform(baseURL: chargingURL, http: http)) }
            if let uploadURL { uploads?.set(try PoeUploads(baseURL: uploadURL, http: http)) }
        } catch {
            platform?.fail(error)
            uploads?.fail(error)
            try await http.shutdown()
            throw GatewayError(.cannotReachUpstream, "Poe's side cannot be called: \(error)", cause: error)
        }
        do { try await gracefulShutdown() } catch {
            // Cancelled: close all the same.
        }
        try await http.shutdown()
    }
}
