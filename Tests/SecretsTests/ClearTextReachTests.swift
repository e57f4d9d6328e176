import Secrets
import Testing

struct ClearTextReachTests {
    @Test(arguments: [
        ("https://api.example.com/v1", nil), ("http://localhost:11434/v1", ClearTextReach.loopback),
        ("http://127.0.0.1:8000", .loopback), ("http://[::1]:8000/v1", .loopback), ("HTTP://LOCALHOST", .loopback),
        ("http://10.1.2.3", .privateNetwork), ("http://172.31.0.1/v1", .privateNetwork),
        ("http://172.32.0.1/v1", .open), ("http://192.168.1.7:8000", .privateNetwork),
        ("http://169.254.169.254", .privateNetwork), ("http://[fd00::1]:80", .privateNetwork),
        ("http://[fe80::1]", .privateNetwork), ("http://[2001:db8::1]", .open),
        ("http://vllm:8000/v1", .privateNetwork),
        ("http://vllm.models.svc.cluster.local", .privateNetwork), ("http://host.docker.internal", .privateNetwork),
        ("http://api.example.com", .open), ("http://8.8.8.8", .open), ("http://127.0.0.1.example.com", .open),
        ("http://localhost@example.com/", .open), ("http://localhost.example.com", .open), ("http://1.2.3", .open),
        ("http://134744072/v1", .open), ("http://0x08080808", .open), ("http://134744072./v1", .open),
        ("http://8.0x080808", .open), ("http://010.8.8.8", .open), ("http://10.1.2.08", .open),
        ("http://%31%33", .open), ("http://１３４７４４０７２", .open), ("http://host7:80", .privateNetwork),
    ])
    func `how far a key goes in clear`(url: String, reach: ClearTextReach?) {
        #expect(ClearTextReach(url: url) == reach)
    }
}
