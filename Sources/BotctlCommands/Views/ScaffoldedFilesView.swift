import Scaffolding

/// Files as they are written: the path of each and its lines.
struct ScaffoldedFilesView {
    let files: [ScaffoldedFile]

    /// Writes them to standard output, each line as it is in the file: what is shown can be compared and pasted.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        for file in files {
            terminal.output(style.bold(file.path))
            if file.picture != nil { terminal.output("  " + style.dim("a small picture, for the smoke case")) }
            for line in file.lines {
                terminal.output("  " + (line.hasPrefix("#") ? style.dim(String(line)) : String(line)))
            }
        }
    }
}
