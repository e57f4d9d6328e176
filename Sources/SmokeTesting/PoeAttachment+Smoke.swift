import BotConfiguration
import ChatEvents
import JSONCoding
import PoeProtocol

extension PoeAttachment {
    /// A file of a smoke case, which stands whole in its URL: there is no server that it could be fetched from.
    ///
    /// Source: RFC 2397, the "data" URL scheme.
    init(_ file: ConfigFile) {
        let type = FileType.look(at: file.bytes, declared: MediaType(""), name: file.name).description
        self.init(
            url: "data:\(type);base64,\(Base64.encode(file.bytes))", contentType: type, name: file.name)
    }
}
