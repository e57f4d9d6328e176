"""The same requests to fastapi_poe's own server and to ours: every difference is known and meant.

What `CASES` says of both is checked, and so is the table of docs/poe.md, which is made of it.
"""

import asyncio
import json
from dataclasses import dataclass

import fastapi_poe as fp
import httpx
import pytest

from support import poe, their_server
from support.program import ACCESS_KEY, REPOSITORY, Service
from support.project import Project
from support.upstream import Upstream, frame, frames, simulator_credentials

ANSWER = "Kathmandu."
QUESTION = "What is the capital of Nepal?"
FAILING = "Please fail."


class Bot(fp.PoeBot):
    """Says what the model of the other side says, and fails where it fails."""

    async def get_response(self, request):
        if request.query[-1].content == FAILING:
            raise RuntimeError("the model failed: arn:aws:bedrock:secret")
        yield fp.PartialResponse(text=ANSWER)

    async def get_settings(self, setting):
        return fp.SettingsResponse(allow_attachments=True)


@pytest.fixture(scope="module")
def theirs():
    """fastapi_poe's own server on a port of its own."""
    with their_server.serving(Bot) as url:
        yield url


@pytest.fixture(scope="module")
def ours(session_services, tmp_path_factory):
    """A gateway with a bot whose model says the same."""

    def answer(upstream):
        if FAILING in json.dumps(upstream.requests[-1][1]["messages"][-1]):
            return [frame("messageStart", {"role": "assistant"}), b"\x00" * 64]
        return frames(ANSWER)

    model = Upstream(answer)
    session_services.callback(model.stop)
    variables = simulator_credentials(model.url)
    project = Project(tmp_path_factory.mktemp("differences") / "project")
    project.echo_bot("echo")
    project.settings(upstream="aws")
    gateway = Service("serve", directory=project.root, **variables)
    session_services.callback(gateway.stop)
    project.settings(upstream="aws", gateway={"url": gateway.url})
    project.run("deploy", "--yes", **variables).expect(0)
    return gateway.url


@dataclass(frozen=True)
class Case:
    """A request, what both servers make of it, and why ours does something else."""

    name: str
    theirs: str
    ours: str
    why: str = ""
    body: object = None
    method: str = "POST"
    path: str = "/bots/echo"
    authorization: str | None = f"Bearer {ACCESS_KEY}"
    look: str = "events"


def ask(**changes):
    return poe.query(QUESTION, **changes)


def say(**changes):
    return poe.query("", query=[{"role": "user", "content": QUESTION} | changes])


def report(kind, **fields):
    return {"version": "1.2", "type": kind} | fields


ANSWERED = "200: meta, text, done"
LENIENT = "The protocol asks receivers to ignore what they do not know; a person gets an answer all the same."

CASES = [
    Case("A question", "200: text, done", ANSWERED, "`meta` goes out first, before the model is asked.", ask()),
    Case("Its text", ANSWER, ANSWER, body=ask(), look="text"),
    Case(
        "Its line ends", "CRLF", "LF", "Both are event streams; a byte less a line.", ask(), look="line ends",
    ),
    Case("Its content type", *["text/event-stream; charset=utf-8"] * 2, body=ask(), look="content-type"),
    Case("Its `Cache-Control`", *["no-store"] * 2, body=ask(), look="cache-control"),
    Case("Its `X-Accel-Buffering`", *["no"] * 2, body=ask(), look="x-accel-buffering"),
    Case(
        "Its `X-Request-Id`", "absent", "present", "The id by which an operator finds the request's line of log.",
        ask(), look="x-request-id",
    ),
    Case(
        "A model that fails", "200: error, done", "200: meta, error, done", "As above.", poe.query(FAILING),
    ),
    Case(
        "What the error tells of our inside", "the exception", "nothing",
        "`raw_response` holds the kind of failure; the text a request id to quote.", poe.query(FAILING), look="secret",
    ),
    Case(
        "Whether it may be tried again", "no", "yes", "A model that broke off may work the next time.",
        poe.query(FAILING), look="retry",
    ),
    Case(
        "No message at all", "200: error, done", "200: meta, error, done",
        "Ours is `user_caused_error`, and asks for another message.", poe.query("", query=[]),
    ),
    Case("An unknown role", "500", ANSWERED, LENIENT, poe.query("", query=[
        {"role": "conductor", "content": "x"}, {"role": "user", "content": QUESTION}])),
    Case("An unknown content type", "500", ANSWERED, LENIENT, say(content_type="text/x-new")),
    Case("Feedback without a reason", "500", ANSWERED, LENIENT, say(feedback=[{"type": "like"}])),
    Case("An unknown reaction", ANSWERED.replace("meta, ", ""), ANSWERED, "`meta`, as above.", say(
        reactions=[{"user_id": "u", "reaction": "wow"}])),
    Case("A null where an object may stand", "500", ANSWERED, LENIENT, say(parameters=None)),
    Case("A temperature in words", "500", ANSWERED, LENIENT, ask(temperature="hot")),
    Case("Half a body", "500", "400", "A malformed request is the caller's fault.", b'{"type":'),
    Case("A body without a type", "500", "400", "As above.", {"version": "1.2"}),
    Case("An unknown type", "501", "501", body=report("dance")),
    Case("No key", "401", "401", body=ask(), authorization=None),
    Case("Another scheme", "401", "401", body=ask(), authorization=f"Basic {ACCESS_KEY}"),
    Case("A wrong key", "401", "401", body=ask(), authorization="Bearer " + "x" * 32),
    Case(
        "`bearer` in small letters", "401", ANSWERED, "The scheme's case does not matter (RFC 9110).", ask(),
        authorization=f"bearer {ACCESS_KEY}",
    ),
    Case("The body of a wrong key", *['{"detail":"Invalid access key"}'] * 2, body=ask(),
         authorization="Bearer " + "x" * 32, look="body"),
    Case("`report_error`", "200 {}", "200 {}", body=report("report_error", message="m", metadata={}), look="report"),
    Case("`report_error` without metadata", "500", "200 {}", LENIENT, report("report_error", message="m"),
         look="report"),
    Case("`report_reaction`", "200 {}", "200 {}", body=report(
        "report_reaction", message_id="m", user_id="u", conversation_id="c", reaction="like"), look="report"),
    Case("`report_feedback` of an unknown kind", "500", "200 {}", LENIENT, report(
        "report_feedback", message_id="m", user_id="u", conversation_id="c", feedback_type="wow"), look="report"),
    Case("`settings`: its `response_version`", "2", "2", body=report("settings"), look="version"),
    Case(
        "`settings`: keys that are null", "12", "0", "Poe does not say how it takes a null: what is not set is left out.",
        report("settings"), look="nulls",
    ),
    Case("A slash at the end of the path", "307", ANSWERED, "Poe's client follows no redirect.", ask(),
         path="/bots/echo/"),
    Case("The name in capitals", "404", ANSWERED, "Names ignore case.", ask(), path="/bots/ECHO"),
    Case("An unknown path", "404", "404", body=ask(), path="/bots/nobody"),
    Case("GET", "200 text/html", "200 text/html", method="GET", look="page"),
    Case("HEAD", "405", "405", method="HEAD"),
    Case("PUT", "405", "405", body=ask(), method="PUT"),
    Case(
        "A body of 80 MB", "200: text, done", "413", "Nothing from outside is unbounded.",
        {"type": "query", "query": [{"role": "user", "content": QUESTION}], "user_id": "", "conversation_id": "",
         "message_id": "", "version": "1.2", "metadata": "x" * 80_000_000},
    ),
]  # fmt: skip


def observed(url, case):
    """What a server makes of a request, in the few words of the table."""
    headers = {"Content-Type": "application/json"}
    if case.authorization:
        headers["Authorization"] = case.authorization
    content = None
    if case.body is not None:
        content = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
    try:
        response = httpx.request(case.method, url + case.path, content=content, headers=headers, timeout=60)
    except httpx.WriteError:
        # The other side answered and closed while a long body was on its way.
        return "413"
    text = response.text
    if case.look == "line ends":
        return "CRLF" if "\r\n" in text else "LF"
    if case.look in ("content-type", "cache-control", "x-accel-buffering"):
        return response.headers.get(case.look, "absent")
    if case.look == "x-request-id":
        return "present" if case.look in response.headers else "absent"
    if case.look == "body":
        return text
    if case.look == "page":
        return f"{response.status_code} {response.headers['content-type'].split(';')[0]}"
    if case.look == "report":
        return f"{response.status_code} {text}" if response.status_code == 200 else str(response.status_code)
    if case.look == "version":
        return str(response.json()["response_version"])
    if case.look == "nulls":
        return str(sum(value is None for value in response.json().values()))
    answer = poe.Answer.of(text.replace("\r\n", "\n")) if response.status_code == 200 else None
    if case.look == "text":
        return answer.text
    if case.look == "secret":
        return "the exception" if "secret" in text else "nothing"
    if case.look == "retry":
        return "yes" if dict(answer.events)["error"].get("allow_retry", True) else "no"
    return f"200: {', '.join(answer.names)}" if answer else str(response.status_code)


def table():
    """The table of docs/poe.md."""
    lines = ["| Request | `fastapi_poe` | botctl | Why |", "|---|---|---|---|"]
    for case in CASES:
        if case.theirs != case.ours:
            lines.append(f"| {case.name} | {case.theirs} | {case.ours} | {case.why} |")
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_servers_do_what_the_table_says(theirs, ours, case):
    assert (case.theirs == case.ours) == (not case.why), "every difference has a reason, and nothing else has"
    assert {"theirs": observed(theirs, case), "ours": observed(ours, case)} == {
        "theirs": case.theirs,
        "ours": case.ours,
    }


def test_the_page_shows_the_table():
    assert table() in (REPOSITORY / "docs" / "poe.md").read_text()


def test_a_multi_turn_conversation_reads_the_same(theirs, ours):
    """The official client gets the same pieces from both."""
    async def converse(url):
        messages = [
            fp.ProtocolMessage(role="system", content="Be brief."),
            fp.ProtocolMessage(role="user", content="Hello"),
            fp.ProtocolMessage(role="bot", content="Hello!", metadata="{}"),
            fp.ProtocolMessage(role="user", content=QUESTION),
        ]
        complaints = []
        request = fp.QueryRequest(
            version="1.2", type="query", query=messages, user_id="u", conversation_id="c", message_id="m"
        )
        pieces = [
            (piece.text, piece.is_replace_response, piece.is_suggested_reply, piece.attachment)
            async for piece in fp.stream_request(
                request, bot_name="echo", api_key=ACCESS_KEY, base_url=f"{url}/bots/", num_tries=1,
                on_error=lambda error, message: complaints.append(message),
            )
            if not isinstance(piece, fp.MetaResponse)
        ]  # fmt: skip
        assert complaints == []
        return pieces

    assert asyncio.run(converse(theirs)) == asyncio.run(converse(ours))
