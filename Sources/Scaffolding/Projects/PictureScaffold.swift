import FileAccess
import JSONCoding

/// The picture that the smoke cases of bots bring which change pictures.
package enum PictureScaffold {
    /// Where it is, relative to the project.
    package static let path = "smoke/picture.png"

    /// The picture, unless the project has a file in its place.
    static func file(missingFrom files: any FileReading, in root: String) -> ScaffoldedFile? {
        files.kind(of: root + "/" + path) == nil ? file : nil
    }

    /// A lighthouse of 96 by 96 pixels as PNG: enough for every service, and small enough to be kept with the cases.
    ///
    /// Source of the least size: Amazon Bedrock User Guide, "Stability AI Image Services": 64 pixels a side.
    package static let file = ScaffoldedFile(path: path, picture: Base64.decode(content) ?? [])

    private static let content =
        """
        iVBORw0KGgoAAAANSUhEUgAAAGAAAABgBAMAAAAQtmoLAAAAElBMVEUeKFrwjDzIKCj69eYUPG7/5nhyMRf/AAAA\
        pUlEQVR42u3WYQqAIAwFYAk7QHWB2g3CCwh1he5/lUgtKEdrQWi191c/HsTIKSX5dwpgAoCWWQDALOBVLAWsCnef\
        U1FOS5SAzwP2aKQFFRYPOuxIwH1gXPrLoPHACPg6qP0swXMg3EfHVUDGIIwS+ttIA9bpRuc7RzDGGTaAHL4C2N0z\
        fgHs331NAnvYFEhwXC00AWy0jBAg3l40/VlPI0CAgKzBDMK/CVG0FHJsAAAAAElFTkSuQmCC
        """
}
