/// What Poe takes of one answer; past it the answer is ended with a note to the user.
///
/// Source: Poe server-bot protocol, limits: 10,000 events, 100,000 characters and 20 files. Newer texts speak of more
/// characters; the smaller number holds until Poe documents another.
package struct PoeAnswerLimits: Hashable, Sendable {
    /// The most events, with room left for the note, an error and the end.
    package var events = 9_900
    /// The most text in Unicode scalars, with room left for the note.
    package var characters = 99_500
    /// The most files.
    package var files = 20
    /// From how many events on text is held back until ``joinedCharacters`` of it can go out together.
    package var joiningFrom = 8_000
    /// How much text goes into one event from then on: what is left of ``events`` times this is more than
    /// ``characters``, so that no number of small pieces cuts an answer.
    package var joinedCharacters = 64

    package init() {}
}
