package import ChatEvents
package import NIOCore
package import NIOSSL
import WallClock

/// Fetches files from URLs that strangers wrote.
///
/// Any public https host is asked, and nothing else: every address is checked after the look-up of its host, and the
/// connection goes to that very address; a redirect is checked like the first URL. `data:` URLs carry their file.
package struct AttachmentFetcher: Sendable {
    private let resolver: HostResolver
    private let trustedOrigins: Set<WebURL.Origin>
    private let exchange: FileExchange

    /// A fetcher.
    ///
    /// - Parameters:
    ///   - eventLoops: Where its connections live.
    ///   - resolver: Finds the addresses of hosts.
    ///   - trustedOrigins: Origins that the operator vouches for: files come from there also over http and from
    ///     addresses that are not public, whatever a bot's allowed hosts are.
    ///   - tls: Which certificates are trusted: those that the system trusts, where nothing else is said.
    package init(
        eventLoops: any EventLoopGroup, resolver: HostResolver, trustedOrigins: Set<WebURL.Origin> = [],
        tls: TLSConfiguration = .makeClientConfiguration()
    ) {
        self.resolver = resolver
        self.trustedOrigins = trustedOrigins
        exchange = FileExchange(eventLoops: eventLoops, tls: tls)
    }

    /// Fetches a file.
    ///
    /// - Parameters:
    ///   - url: Where the file is.
    ///   - name: Its name as the person knows it.
    ///   - declaredType: What its sender calls it; empty where nothing is said. The bytes have the last word.
    ///   - limits: Bounds on size and time, and the hosts that may be asked.
    /// - Returns: The file with the type that it has by its look.
    /// - Throws: ``AttachmentError``, `CancellationError`.
    package func fetch(
        _ url: String, name: String, declaredType: String, limits: FetchLimits
    ) async throws -> ChatEvents.Attachment {
        if let file = try DataURL.read(url, sizeLimitInBytes: limits.sizeInBytes) {
            let declared = MediaType(declaredType.isEmpty ? file.mediaType : declaredType)
            let type = FileType.look(at: file.bytes, declared: declared, name: name)
            return ChatEvents.Attachment(name: name, mediaType: type, bytes: file.bytes)
        }
        guard let url = WebURL(url) else {
            throw AttachmentError(.invalidURL, "an attachment has no URL that can be fetched")
        }
        let late = AttachmentError(.timedOut, "an attachment did not arrive within \(limits.timeout)")
        let (bytes, contentType) = try await withTimeLimit(limits.timeout, orThrow: late) {
            try await follow(url, limits: limits)
        }
        let declared = MediaType(declaredType.isEmpty ? contentType ?? "" : declaredType)
        let type = FileType.look(at: bytes, declared: declared, name: name)
        return ChatEvents.Attachment(name: name, mediaType: type, bytes: bytes)
    }

    private func follow(_ first: WebURL, limits: FetchLimits) async throws -> ([UInt8], contentType: String?) {
        var url = first
        for _ in 0...FetchLimits.redirects {
            let address = try await address(for: url.origin, limits: limits)
            switch try await exchange.get(url, at: address, limits: limits) {
            case .file(let bytes, let contentType): return (bytes, contentType)
            case .redirect(let location):
                guard let next = url.redirected(to: location) else {
                    throw AttachmentError(.badRedirect, "\(url.origin.host) redirects to what is no URL")
                }
                url = next
            }
        }
        throw AttachmentError(
            .badRedirect, "\(first.origin.host) leads to more than \(FetchLimits.redirects) redirects")
    }

    /// The address to ask at an origin, once it is known that it may be asked.
    private func address(for origin: WebURL.Origin, limits: FetchLimits) async throws -> IPAddress {
        let isTrusted = trustedOrigins.contains(origin)
        if !isTrusted {
            guard origin.isSecure else { throw AttachmentError(.invalidURL, "\(origin.host) is named without https") }
            guard limits.allowedHosts.isEmpty || limits.allowedHosts.contains(where: { $0.matches(origin.host) }) else {
                throw AttachmentError(.hostNotAllowed, "\(origin.host) is none of the allowed hosts")
            }
        }
        let addresses = try await resolver.addresses(of: origin.host)
        // One private address among public ones is a trap, or at least a mistake.
        if !isTrusted, let address = addresses.first(where: { !$0.isPublic }) {
            throw AttachmentError(.addressNotPublic, "\(origin.host) stands for \(address), which is not public")
        }
        guard let address = addresses.first else {
            throw AttachmentError(.unknownHost, "\(origin.host) has no address")
        }
        return address
    }
}
