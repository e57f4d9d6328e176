import AttachmentFetching
import ChatEvents
import Foundation
import JSONCoding
import LoopbackServer
import NIOPosix
import NIOSSL
import Testing

struct AttachmentFetcherTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]

    @Test func `brings a file with the type that it has by its look`() async throws {
        try await LoopbackServer.serving({ _ in .answer(Self.png, type: "application/octet-stream") }) { server in
            let file = try await fetcher(trusting: server).fetch(
                server.url("/a?token=1"), name: "a.jpg", declaredType: "image/jpeg", limits: limits())
            #expect(file == ChatEvents.Attachment(name: "a.jpg", mediaType: MediaType("image/png"), bytes: Self.png))
            #expect(server.requests.map(\.requestLine) == ["GET /a?token=1 HTTP/1.1"])
        }
    }

    @Test func `follows a redirect and checks where it leads`() async throws {
        try await LoopbackServer.serving({ request in
            switch request.requestLine.split(separator: " ")[1] {
            case "/start": .redirect("/next")
            case "/next": .answer(Self.png, type: "image/png")
            case "/inside": .redirect("http://169.254.169.254/latest/meta-data/")
            case "/inside-secure": .redirect("https://metadata.example/")
            case "/nonsense": .redirect("ht tp://")
            default: .redirect("/loop")
            }
        }) { server in
            let fetcher = self.fetcher(trusting: server, hosts: ["metadata.example": ["8.8.8.8", "169.254.169.254"]])
            let file = try await fetcher.fetch(server.url("/start"), name: "a", declaredType: "", limits: limits())
            #expect(file.bytes == Self.png)
            #expect(await failure(fetcher, server.url("/inside")) == .invalidURL)
            #expect(await failure(fetcher, server.url("/inside-secure")) == .addressNotPublic)
            #expect(await failure(fetcher, server.url("/nonsense")) == .badRedirect)
            #expect(await failure(fetcher, server.url("/loop")) == .badRedirect)
        }
    }

    @Test(
        arguments: [
            ("http://example.com/a", .invalidURL), ("https://inside.example/a", .addressNotPublic),
            ("https://mixed.example/a", .addressNotPublic), ("https://127.0.0.1/a", .addressNotPublic),
            ("https://[::1]/a", .addressNotPublic), ("https://2130706433/a", .addressNotPublic),
            ("https://nowhere.example/a", .unknownHost), ("file:///etc/passwd", .invalidURL),
            ("data:text/plain,hello", .invalidURL), ("data:text/plain;base64,%%%", .invalidURL),
        ] as [(String, AttachmentError.Code)])
    func `asks nobody at a URL that may not be asked`(url: String, code: AttachmentError.Code) async {
        let fetcher = AttachmentFetcher(
            eventLoops: .singletonMultiThreadedEventLoopGroup,
            resolver: resolver([
                "inside.example": ["10.0.0.1"], "mixed.example": ["8.8.8.8", "::1"], "2130706433": ["127.0.0.1"],
            ]))
        #expect(await failure(fetcher, url) == code)
    }

    @Test func `asks only the hosts that a bot allows`() async {
        let fetcher = AttachmentFetcher(
            eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: resolver(["files.example.com": ["10.0.0.1"]]))
        var limits = self.limits()
        limits.allowedHosts = [HostPattern("*.example.com")]
        #expect(await failure(fetcher, "https://example.com/a", limits) == .hostNotAllowed)
        #expect(await failure(fetcher, "https://files.example.com.evil.example/a", limits) == .hostNotAllowed)
        #expect(await failure(fetcher, "https://files.example.com/a", limits) == .addressNotPublic)
    }

    @Test func `stops at the limit of size, announced or not`() async throws {
        try await LoopbackServer.serving({ request in
            let long = [UInt8](repeating: 65, count: 2000)
            return request.requestLine.contains("/announced")
                ? .answer(long, type: "text/plain") : .unannounced(long, type: "text/plain")
        }) { server in
            var limits = self.limits()
            limits.sizeInBytes = 1000
            let fetcher = self.fetcher(trusting: server)
            #expect(await failure(fetcher, server.url("/announced"), limits) == .tooLarge)
            #expect(await failure(fetcher, server.url("/unannounced"), limits) == .tooLarge)
            let inside = "data:text/plain;base64," + Base64.encode([UInt8](repeating: 65, count: 1001))
            #expect(await failure(fetcher, inside, limits) == .tooLarge)
        }
    }

    @Test func `gives up on a server that is silent, and on a host that is never found`() async throws {
        try await LoopbackServer.serving({ _ in LoopbackReply(steps: [.stall]) }) { server in
            var limits = self.limits()
            limits.timeout = .milliseconds(100)
            #expect(await failure(self.fetcher(trusting: server), server.url(), limits) == .timedOut)
        }
        let silent = HostResolver { _ in
            try await Task.sleep(for: .seconds(3600))
            return []
        }
        let fetcher = AttachmentFetcher(eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: silent)
        var limits = self.limits()
        limits.timeout = .milliseconds(100)
        #expect(await failure(fetcher, "https://example.com/a", limits) == .timedOut)
    }

    @Test func `asks the address that was checked, in the name of the host, if its certificate is right`() async throws
    {
        try await LoopbackServer.serving(
            tls: TestCertificate.serverContext(),
            { _ in
                .answer(Self.png, type: "image/png")
            }
        ) { server in
            let hosts = ["files.example.com", "other.example.com"].map { "https://\($0):\(server.port)" }
            func fetcher(_ tls: TLSConfiguration) -> AttachmentFetcher {
                AttachmentFetcher(
                    eventLoops: .singletonMultiThreadedEventLoopGroup,
                    resolver: resolver(["files.example.com": ["127.0.0.1"], "other.example.com": ["127.0.0.1"]]),
                    trustedOrigins: Set(hosts.compactMap { WebURL.Origin($0) }), tls: tls)
            }
            let trusting = try fetcher(TestCertificate.clientConfiguration())
            for _ in 0..<2 {
                let file = try await trusting.fetch(hosts[0] + "/a", name: "a", declaredType: "", limits: limits())
                #expect(file.bytes == Self.png)
            }
            #expect(
                server.requests.map { $0.headers["host"] }
                    == Array(repeating: "files.example.com:\(server.port)", count: 2))
            #expect(await failure(trusting, hosts[1]) == .unreachable)
            #expect(await failure(fetcher(.makeClientConfiguration()), hosts[0]) == .unreachable)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `says that nobody is there, or that the file was cut`() async throws {
        let cut = Array("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nonly".utf8)
        let (fetcher, url) = try await LoopbackServer.serving({ _ in LoopbackReply(steps: [.send(cut)]) }) { server in
            let fetcher = self.fetcher(trusting: server)
            #expect(await failure(fetcher, server.url()) == .unreachable)
            return (fetcher, server.url())
        }
        #expect(await failure(fetcher, url) == .unreachable)
    }

    @Test func `a fetch that is cancelled ends while its connection is being made, and afterwards`() async throws {
        try await LoopbackServer.serving({ _ in LoopbackReply(steps: [.stall]) }) { server in
            let fetcher = self.fetcher(trusting: server)
            for _ in 0..<50 {
                let task = Task { await failure(fetcher, server.url()) }
                await Task.yield()
                task.cancel()
                // No error of the file: whoever cancelled knows why.
                #expect(await task.value == nil)
            }
        }
    }

    @Test func `says what a server refused, without the path`() async throws {
        try await LoopbackServer.serving({ _ in .status("403 Forbidden") }) { server in
            do {
                _ = try await fetcher(trusting: server).fetch(
                    server.url("/a?secret=1"), name: "a", declaredType: "", limits: limits())
                Issue.record("a refused file was fetched")
            } catch let error as AttachmentError {
                #expect(error == AttachmentError(.refused, "127.0.0.1 answered 403"))
            }
        }
    }

    @Test func `takes the file out of a data URL`() async throws {
        let fetcher = AttachmentFetcher(eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: resolver([:]))
        let file = try await fetcher.fetch(
            "data:image/jpeg;base64," + Base64.encode(Self.png), name: "a", declaredType: "", limits: limits())
        #expect(file.mediaType.description == "image/png")
        #expect(file.bytes == Self.png)
    }

    @Test func `finds the addresses of a host as the system does`() async throws {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let fetcher = AttachmentFetcher(
            eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: .system(on: threads, limit: 4))
        #expect(await failure(fetcher, "https://localhost/a") == .addressNotPublic)
        #expect(await failure(fetcher, "https://127.1/a") == .addressNotPublic)
        #expect(await failure(fetcher, "https://0x7f000001/a") == .addressNotPublic)
        try await threads.shutdownGracefully()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a name that takes long is waited for by some, and refused to more`() async throws {
        let threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        let isHeld = DispatchSemaphore(value: 0)
        threads.submit { _ in isHeld.wait() }
        let fetcher = AttachmentFetcher(
            eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: .system(on: threads, limit: 2))
        await withTaskGroup { group in
            for _ in 0..<3 { group.addTask { await failure(fetcher, "https://localhost/a") } }
            #expect(await group.next() == .busy)
            isHeld.signal()
            #expect(await group.next() == .addressNotPublic)
            #expect(await group.next() == .addressNotPublic)
        }
        // Their places are free again.
        #expect(await failure(fetcher, "https://localhost/a") == .addressNotPublic)
        try await threads.shutdownGracefully()
    }

    private func limits() -> FetchLimits { FetchLimits(sizeInBytes: 1_000_000, timeout: .seconds(30)) }

    private func resolver(_ hosts: [String: [String]]) -> HostResolver {
        HostResolver { host in (hosts[host] ?? []).compactMap(IPAddress.init) }
    }

    private func fetcher(trusting server: LoopbackServer, hosts: [String: [String]] = [:]) -> AttachmentFetcher {
        AttachmentFetcher(
            eventLoops: .singletonMultiThreadedEventLoopGroup, resolver: resolver(hosts),
            trustedOrigins: Set([WebURL.Origin(server.url())].compactMap(\.self)))
    }

    private func failure(
        _ fetcher: AttachmentFetcher, _ url: String, _ limits: FetchLimits? = nil
    ) async -> AttachmentError.Code? {
        do {
            _ = try await fetcher.fetch(url, name: "a", declaredType: "", limits: limits ?? self.limits())
            return nil
        } catch {
            return (error as? AttachmentError)?.code
        }
    }
}

extension LoopbackReply {
    fileprivate static func answer(_ bytes: [UInt8], type: String) -> LoopbackReply {
        LoopbackReply(steps: [
            .send(
                Array("HTTP/1.1 200 OK\r\ncontent-type: \(type)\r\ncontent-length: \(bytes.count)\r\n\r\n".utf8) + bytes
            )
        ])
    }

    fileprivate static func unannounced(_ bytes: [UInt8], type: String) -> LoopbackReply {
        LoopbackReply(steps: [.send(Array("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".utf8) + bytes)])
    }

    fileprivate static func redirect(_ location: String) -> LoopbackReply {
        LoopbackReply(steps: [
            .send(Array("HTTP/1.1 302 Found\r\nlocation: \(location)\r\ncontent-length: 0\r\n\r\n".utf8))
        ])
    }

    fileprivate static func status(_ status: String) -> LoopbackReply {
        LoopbackReply(steps: [.send(Array("HTTP/1.1 \(status)\r\ncontent-length: 0\r\n\r\n".utf8))])
    }
}
