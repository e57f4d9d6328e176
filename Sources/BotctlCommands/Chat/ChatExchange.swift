import Conversation
import FileAccess
import PoeProtocol
private import Synchronization

/// Asks one question after the other, and keeps the files of the answers.
actor ChatExchange {
    private let conversation: Conversation
    private let partnerCount: Int
    private let saver: FileSaver?
    /// Whether an answer held a file.
    private(set) var hasFiles = false

    init(conversation: Conversation, partnerCount: Int, saver: FileSaver?) {
        self.conversation = conversation
        self.partnerCount = partnerCount
        self.saver = saver
    }

    /// Asks all bots.
    ///
    /// - Returns: Whether each has answered, or the person ended what was left, and every file is kept that was to be.
    func ask(_ question: Question, _ listener: any ChatListener) async -> Bool {
        let files = FileCollector(count: partnerCount)
        listener.begin()
        let ends = await conversation.ask(question) { index, progress in
            if case .event(.file(let file)) = progress { files.add(file, of: index) }
            listener.take(index, progress)
        }
        let brought = files.all
        if brought.contains(where: { !$0.isEmpty }) { hasFiles = true }
        var areKept = true
        if let saver {
            for (index, files) in brought.enumerated() {
                for file in files where !(await save(file, of: index, with: saver, listener)) { areKept = false }
            }
        }
        return ends.allSatisfy(\.isAnsweredOrEnded) && areKept
    }

    private func save(
        _ file: PoeFile, of index: Int, with saver: FileSaver, _ listener: any ChatListener
    ) async -> Bool {
        do {
            listener.saved(index, file, at: try await saver.save(file))
            return true
        } catch let error as PoeClientError {
            listener.failed(index, toSave: file, because: error.message)
        } catch let error as FileAccessError {
            listener.failed(index, toSave: file, because: error.description)
        } catch {
            listener.failed(index, toSave: file, because: "stopped")
        }
        return false
    }
}

extension AnswerEnd {
    fileprivate var isAnsweredOrEnded: Bool {
        switch outcome {
        case .answered, .interrupted: true
        case .failed, .notAnswered: false
        }
    }
}

/// The files of several answers that come at once.
private final class FileCollector: Sendable {
    /// The most files of an answer that are kept.
    private static let limit = 20

    private let files: Mutex<[[PoeFile]]>

    init(count: Int) { files = Mutex(Array(repeating: [], count: count)) }

    var all: [[PoeFile]] { files.withLock { $0 } }

    func add(_ file: PoeFile, of index: Int) {
        files.withLock { files in
            if files[index].count < Self.limit { files[index].append(file) }
        }
    }
}
