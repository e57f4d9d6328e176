/// The version of this botctl.
package enum Version {
    package static let current = "0.1.0"
    /// The name and version that manifests and replicas carry.
    package static let tool = "botctl/\(current)"
}
