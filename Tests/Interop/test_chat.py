"""Talking to bots in a terminal: to those of a project, to a running gateway, and to a bot made with fastapi_poe."""

import json
import re
import subprocess

import fastapi_poe as fp
import pytest

from support import program, their_server
from support.program import wait_until
from support.project import Project
from support.terminal import Session

PONG = "Reply with the single word pong."
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.fixture
def bots(tmp_path):
    project = Project(tmp_path / "project")
    for name in ["echo", "other"]:
        project.echo_bot(name)
    return project


@pytest.fixture
def talk(bots):
    """Starts a session in a terminal, which ends with the test."""
    sessions = []

    def start(*arguments, **options):
        sessions.append(Session(bots, "chat", *arguments, **options))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


class Bot(fp.PoeBot):
    """Does what bots do on Poe, by what it is asked."""

    async def get_response(self, request):
        question = request.query[-1].content
        if question == "fail":
            yield fp.ErrorResponse(text="No points left.", allow_retry=False, error_type="insufficient_fund")
        elif question == "crash":
            raise RuntimeError("a secret")
        elif question == "replace":
            yield fp.PartialResponse(text="Wrong.")
            yield fp.PartialResponse(text="Right.", is_replace_response=True)
        elif question == "status":
            yield fp.PartialResponse(text="_Searching_", is_replace_response=True)
            yield fp.PartialResponse(text="", is_replace_response=True)
            yield fp.PartialResponse(text="Found.")
        elif question == "suggest":
            yield fp.PartialResponse(text="Hello.")
            yield fp.PartialResponse(text="And then?", is_suggested_reply=True)
        elif question == "escape":
            yield fp.PartialResponse(text="\x1b]0;title\x07\x1b[2Jred\x9b31m\rend\n\ttab")
        elif question == "files":
            file = request.query[-1].attachments[0]
            yield fp.PartialResponse(text=f"{file.name} {file.content_type} {file.url[:22]}")
        else:
            yield fp.PartialResponse(text=" / ".join(f"{message.role}: {message.content}" for message in request.query))


@pytest.fixture(scope="module")
def theirs():
    """A bot of fastapi_poe's own server, under the name `echo`."""
    with their_server.serving(Bot) as url:
        yield url


def ask(directory, theirs, question, *arguments, **variables):
    return program.run("chat", "echo", question, "--url", theirs, *arguments, directory=directory, **variables)


# A bot of fastapi_poe


@pytest.mark.parametrize(
    "question, answer, said",
    [
        ("Hello", "user: Hello\n", ""),
        ("replace", "Wrong.\nRight.\n", "— the text above is withdrawn; the answer starts again\n"),
        ("status", "Found.\n", "echo: Searching\n"),
        ("suggest", "Hello.\n", "  › And then?\n"),
    ],
)
def test_an_answer_of_another_server_is_shown(tmp_path, theirs, question, answer, said):
    outcome = ask(tmp_path, theirs, question).expect(0)
    assert outcome.stdout == answer
    assert outcome.stderr == said


def test_what_a_terminal_would_obey_never_reaches_it(tmp_path, theirs):
    outcome = ask(tmp_path, theirs, "escape").expect(0)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", outcome.stdout)
    assert "red" in outcome.stdout and "\ttab" in outcome.stdout
    texts = [json.loads(line) for line in ask(tmp_path, theirs, "escape", "--json").expect(0).stdout.splitlines()]
    assert "\x1b[2J" in "".join(line["text"] for line in texts if line["event"] == "text")


def test_an_error_says_what_can_be_done(tmp_path, theirs):
    outcome = ask(tmp_path, theirs, "fail").expect(1)
    assert outcome.stderr == "error: echo: No points left.\n  help: whoever asks lacks points\n"
    assert outcome.stdout == ""
    line = [json.loads(line) for line in ask(tmp_path, theirs, "fail", "--json").expect(1).stdout.splitlines()]
    assert [entry for entry in line if entry["event"] == "error"][0]["allow_retry"] is False
    assert line[-1]["event"] == "end" and line[-1]["result"] == "failed"
    crashed = ask(tmp_path, theirs, "crash").expect(1)
    assert crashed.stderr.startswith("error: echo: ") and "  help: to ask the same again would not help" in crashed.stderr
    assert "a secret" not in crashed.stderr


def test_a_wrong_key_is_an_error_that_says_so(tmp_path, theirs):
    outcome = ask(tmp_path, theirs, "Hello", POE_ACCESS_KEY="x" * 32).expect(1)
    assert "the access key is another than the bot's" in outcome.stderr
    assert "x" * 32 not in outcome.stderr


def test_files_go_with_the_question(tmp_path, theirs):
    (tmp_path / "picture.dat").write_bytes(PNG)
    outcome = ask(tmp_path, theirs, "files", "--attach", "picture.dat").expect(0)
    assert outcome.stdout == "picture.dat image/png data:image/png;base64,\n"


# The project's own bots


@pytest.mark.parametrize("prompt", [[], ["Be brief."]])
def test_a_question_comes_by_standard_input(bots, prompt):
    finished = subprocess.run(
        [program.BOTCTL, "chat", "ECHO", *prompt],
        cwd=bots.root,
        env=program.clean_environment(bots.root),
        input=PONG + "\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "pong\n", "")


def test_what_is_no_text_is_refused(bots):
    finished = subprocess.run(
        [program.BOTCTL, "chat", "echo"],
        cwd=bots.root,
        env=program.clean_environment(bots.root),
        input=PNG,
        capture_output=True,
        timeout=60,
    )
    assert finished.returncode == 1
    assert b"--attach" in finished.stderr


def test_what_is_deployed_is_asked_at_its_gateway(bots, serve):
    serve(bots)
    bots.run("chat", "echo", PONG, "--deployed").expect(1)
    bots.run("deploy", "--yes").expect(0)
    assert bots.run("chat", "@echo", "@other", PONG, "--deployed").expect(0).stdout == "@echo\npong\n\n@other\npong\n"


def test_a_picture_is_kept_in_a_folder(bots):
    bots.bot("painter", "model: amazon.nova-canvas-v1:0\n")
    outcome = bots.run("chat", "painter", "A fox", "--save", "pictures").expect(0)
    kept = list((bots.root / "pictures").iterdir())
    assert len(kept) == 1 and kept[0].read_bytes().startswith(b"\x89PNG")
    assert outcome.stdout == f"{kept[0]}\n"


# In a terminal


def test_a_conversation_remembers_and_ends_with_an_empty_line(bots, talk, theirs):
    session = talk("echo", "--url", theirs)
    session.read_until("› ")
    session.type("One\n")
    session.read_until("user: One\n")
    session.read_until("› ")
    session.type("Two\n")
    assert "bot: user: One / user: Two" in session.read_until("\n— ")
    session.read_until("› ")
    session.type("\n")
    assert session.wait() == 0


def test_the_end_of_input_ends_a_conversation(bots, talk):
    session = talk("echo")
    session.read_until("› ")
    session.type("\x04")
    assert session.wait() == 0


def test_ctrl_c_ends_an_answer_and_then_the_conversation(bots, talk):
    session = talk("echo", "--tokens-per-second", "20")
    session.read_until("› ")
    session.type("Tell me a long story.\n")
    session.read_until("This is")
    session.type("\x03")
    session.read_until("— stopped")
    session.read_until("› ")
    session.type("Reply with the single word ping.\n")
    session.read_until("\nping\n")
    session.read_until("› ")
    session.type("\x03")
    assert session.wait() == 130


def test_ctrl_c_ends_the_one_question(bots, talk):
    session = talk("echo", "Tell me a long story.", "--tokens-per-second", "20")
    session.read_until("This is")
    session.type("\x03")
    assert session.wait() == 130


def test_lines_end_between_words(bots, talk):
    session = talk("echo", "Tell me a story.", columns=60)
    assert session.wait() == 0
    lines = session.plain().splitlines()
    assert len(lines) > 3 and all(len(line) < 60 for line in lines)
    unbroken = bots.run("chat", "echo", "Tell me a story.").stdout
    assert " ".join(" ".join(lines[:-1]).split()) == " ".join(unbroken.split())


def test_without_colour_there_is_none(bots, talk):
    session = talk("echo", PONG, NO_COLOR="1")
    assert session.wait() == 0
    assert not re.search(r"\x1b\[\d*m", session.printed)
