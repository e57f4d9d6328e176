package import NIOSSL

/// A certificate of `files.example.com` that nobody trusts unless a test says so, and its key, which is no secret.
package enum TestCertificate {
    /// What a server encrypts with.
    package static func serverContext() throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }

    /// A client that trusts this certificate and no other.
    package static func clientConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)))
        return configuration
    }

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBWzCCAQCgAwIBAgIBATAKBggqhkjOPQQDAjAcMRowGAYDVQQDDBFmaWxlcy5l
        eGFtcGxlLmNvbTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowHDEa
        MBgGA1UEAwwRZmlsZXMuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMB
        BwNCAATGjBwNu5BzpYYXEQACIM3laHDyZrJUUI8UbhczHIkH+ePn8tBEqceDEzy6
        nJ1AuovX1RrpCztyHt2T9DgVYiW+ozEwLzAcBgNVHREEFTATghFmaWxlcy5leGFt
        cGxlLmNvbTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDlL0v5
        2PsGp/PcEfp3WF+IUvHtgkP9DxkgPcnc95ozxwIhALWGfv3++p/pMfWZOZY7NIs5
        E0mq+DRl9xArkFzAQ8hr
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIOTznxaMQF9c/LH6XKNP19CB5a/ZVmLGXaIMEEZrYPTvoAoGCCqGSM49
        AwEHoUQDQgAExowcDbuQc6WGFxEAAiDN5Whw8mayVFCPFG4XMxyJB/nj5/LQRKnH
        gxM8upydQLqL19Ua6Qs7ch7dk/Q4FWIlvg==
        -----END EC PRIVATE KEY-----
        """
}
