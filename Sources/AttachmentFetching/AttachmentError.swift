/// Why a file that somebody attached could not be fetched.
package struct AttachmentError: Error, Hashable, Sendable {
    /// What is wrong.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The text is no URL that can be fetched, or names another scheme than https.
        case invalidURL
        /// The bot's `attachments.allowed_hosts` leaves the host out.
        case hostNotAllowed
        /// The host is, or resolves to, an address that is not on the public internet.
        case addressNotPublic
        /// The host has no address.
        case unknownHost
        /// No connection, or it was lost before the file was whole.
        case unreachable
        /// The server answered with another status than 200; most often the link has expired.
        case refused
        /// One redirect led to the next too often, or nowhere.
        case badRedirect
        /// The file is larger than the limit.
        case tooLarge
        /// Too many files are being fetched already.
        case busy
        /// The file did not arrive in time.
        case timedOut
    }

    package var code: Code
    /// What happened, for the log: without path and query, which may be somebody's secret.
    package var detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
