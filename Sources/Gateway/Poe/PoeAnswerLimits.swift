/// What Poe takes of one answer; past it the answer is ended with a note to the user.
///
/// Source: Poe server-bot protocol, limits: 10,000 events and 100,000 characters. Newer texts speak of more
/// characters; the smaller number holds until Poe documents another.
package struct PoeAnswerLimits: Hashable, Sendable {
    /// The most events, with room left for the note, an error and the end.
    package var events = 9_900
    /// The most text in Unicode scalars, with room left for the note.
    package var characters = 99_500
    /// From how many events on all text that waits is joined into one event.
    package var joiningFrom = 8_000

    package init() {}
}
