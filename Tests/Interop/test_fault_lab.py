"""Every fault of the simulator's lab, seen from behind the gateway: words for the user, in time, and nothing left open."""

import json
import os
import time

import pytest

from support import control, poe, program
from support.program import wait_until
from support.project import Project
from support.upstream import simulator_credentials

# The bot waits this long for an event; a fault must end within a little more.
SECONDS_OF_PATIENCE = 5
# Less than for the first word, as nothing is tried again between two.
SECONDS_BETWEEN_WORDS = 2
SECONDS_TO_END = SECONDS_OF_PATIENCE + 6

QUOTA = "This bot has used up its quota with the model service. Please try again later."
BUSY = "The model is busy right now. Please try again in a moment."
UNREACHABLE = "The model service cannot be reached right now. Please try again."
SLOW = "The model took too long to answer. Please try again."
FAILED = "The model failed to give an answer. Please try again."
REFUSED = "The model cannot take this message as it is. Please change it and try again."
NOT_ALLOWED = "This bot is not allowed to use its model. Its operator has to look into it."
WRONGLY_SET_UP = "This bot is not set up correctly. Its operator has to look into it."

# What the user reads, by fault; None where the answer is whole all the same.
WORDS = {
    "throttle": BUSY,
    "throttle-daily": QUOTA,
    "bare-429": BUSY,
    "quota-exceeded": QUOTA,
    "validation": REFUSED,
    "access-denied": NOT_ALLOWED,
    "expired-token": NOT_ALLOWED,
    "not-found": WRONGLY_SET_UP,
    "model-not-ready": UNREACHABLE,
    "model-timeout": SLOW,
    "model-error": FAILED,
    "internal-error": UNREACHABLE,
    "unavailable": UNREACHABLE,
    "error-type-in-body": UNREACHABLE,
    "empty-error": UNREACHABLE,
    "html-error": UNREACHABLE,
    "stall-before-head": SLOW,
    "reset-before-head": UNREACHABLE,
    "wrong-content-type": FAILED,
    "stall-mid-stream": SLOW,
    "reset-mid-stream": UNREACHABLE,
    "cut-mid-stream": UNREACHABLE,
    "stream-internal-error": UNREACHABLE,
    "stream-model-error": FAILED,
    "stream-validation": REFUSED,
    "stream-throttle": BUSY,
    "stream-unavailable": UNREACHABLE,
    "stream-model-timeout": SLOW,
    "stream-error-frame": None,  # set below: the frame's own code decides
    "corrupt-crc": FAILED,
    "corrupt-prelude": FAILED,
    "truncated-frame": FAILED,
    "oversized-frame": FAILED,
    "malformed-event": FAILED,
    "missing-stop": FAILED,
}
WORDS["stream-error-frame"] = UNREACHABLE
WHOLE = ["slow-first-byte", "unknown-event", "split-chunks", "missing-metadata"]
# The OpenAI-compatible face has fewer words for what goes wrong, so that a user learns less.
WORDS_OF_OPENAI = {
    **WORDS,
    "model-not-ready": UNREACHABLE,
    "model-error": UNREACHABLE,
    "stream-model-error": UNREACHABLE,
    "stream-validation": UNREACHABLE,
    "stream-model-timeout": UNREACHABLE,
}

# A picture comes whole or not at all.
WORDS_OF_PICTURES = {
    fault: words for fault, words in WORDS.items()
    if "stream" not in fault and not fault.startswith(("corrupt", "truncated", "oversized", "malformed", "missing"))
}  # fmt: skip

# What each bot's users read: two are behind Bedrock, one behind an OpenAI-compatible service.
CHATS = {"echo": WORDS, "compatible": WORDS_OF_OPENAI}
FACES = {**CHATS, "picture": WORDS_OF_PICTURES}
FAULTS = [(bot, fault) for bot, words in FACES.items() for fault in words]
HARMLESS = [
    *[(bot, fault) for bot in CHATS for fault in WHOLE],
    ("compatible", "missing-done"),
    ("picture", "slow-first-byte"),
]
# What a look at a video's job, or the fetch of its result, gets over.
PASSING = ["throttle", "internal-error", "unavailable", "reset-before-head", "bare-429", "empty-error"]


@pytest.fixture(scope="module")
def lab(session_services, tmp_path_factory):
    """A gateway with impatient bots, over a simulator that can fail."""
    directory = tmp_path_factory.mktemp("lab")
    simulator = program.Service("simulate", directory=directory)
    session_services.callback(simulator.stop)
    project = Project(directory / "project")
    limits = {
        "first_token_timeout": f"{SECONDS_OF_PATIENCE}s",
        "idle_timeout": f"{SECONDS_BETWEEN_WORDS}s",
    }
    model = "amazon.nova-micro-v1:0"
    compatible = {
        "provider": "openai",
        "id": model,
        "base_url": f"{simulator.url}/v1",
        "api_key": "${env:COMPATIBLE_KEY}",
    }
    project.bot("echo", json.dumps({"model": model, "limits": limits}))
    project.bot("compatible", json.dumps({"model": compatible, "limits": limits}))
    picture = {"id": "stability.stable-image-core-v1:1", "region": "us-west-2"}
    project.bot("picture", json.dumps({"model": picture, "limits": limits}))
    video = {"id": "luma.ray-v2:0", "region": "us-west-2", "output": "s3://botctl-videos/lab"}
    project.bot("video", json.dumps({"model": video, "limits": {"request_timeout": "30s", "idle_timeout": "20s"}}))
    variables = {
        **simulator_credentials(simulator.url),
        "AWS_ENDPOINT_URL_S3": simulator.url,
        "COMPATIBLE_KEY": "simulator",
    }
    project.settings(upstream="aws")
    gateway = program.Service("serve", directory=project.root, **variables)
    session_services.callback(gateway.stop)
    project.settings(upstream="aws", gateway={"url": gateway.url})
    project.run("deploy", "--yes", **variables).expect(0)
    gateway.simulator = simulator
    for bot in FACES:
        poe.ask(gateway.url, bot).assert_complete()
    return gateway


def open_files(service):
    return len(os.listdir(f"/proc/{service.process.pid}/fd"))


def assert_nothing_is_left(lab, files):
    """Sees that the simulator streams to nobody, and that the gateway holds no more files than before."""
    wait_until(lambda: control.counts(lab.simulator)["open_streams"] == 0, "streams to end", 10)
    # One connection in either pool may stay for the next request.
    wait_until(lambda: open_files(lab) <= files + 4, "connections to be closed", 10)


def ask_under(lab, fault, bot="echo", **members):
    """An answer while a fault lasts, and how long it took."""
    control.ask(lab.simulator, "DELETE", "faults")
    control.add_fault(lab.simulator, fault, **members)
    start = time.monotonic()
    answer = poe.ask(lab.url, bot, "Tell me a story")
    took = time.monotonic() - start
    control.ask(lab.simulator, "DELETE", "faults")
    return answer, took


def test_the_table_knows_every_fault(lab):
    help_text = program.run("simulate", "--help", directory="/tmp").stdout
    missing = [name for name in [*WORDS, *WHOLE, "missing-done"] if name not in help_text]
    # Where the help does not list them, the control endpoint refuses what it does not know.
    for name in missing:
        control.add_fault(lab.simulator, name, times=1)
    control.ask(lab.simulator, "DELETE", "faults")


@pytest.mark.parametrize("bot, fault", FAULTS)
def test_a_fault_ends_in_words_in_time_and_leaves_nothing(lab, bot, fault):
    poe.ask(lab.url, bot).assert_complete()
    files = open_files(lab)
    answer, took = ask_under(lab, fault, bot)
    assert answer.names[0] == "meta" and answer.names[-1] == "done"
    assert answer.names.count("error") == 1, answer.events
    error = dict(answer.events)["error"]
    assert error["text"].split(" (Request ")[0] == FACES[bot][fault], error
    assert took < SECONDS_TO_END
    for secret in ("arn:", "Exception", "simulator", "amazon", "127.0.0.1"):
        assert secret not in error["text"]
    poe.ask(lab.url, bot).assert_complete()
    assert_nothing_is_left(lab, files)


@pytest.mark.parametrize("bot, fault", HARMLESS)
def test_a_fault_that_harms_nothing_is_not_seen(lab, bot, fault):
    answer, _ = ask_under(lab, fault, bot, **({"delay_ms": 500} if fault == "slow-first-byte" else {}))
    answer.assert_complete()


@pytest.mark.parametrize("bot", FACES)
@pytest.mark.parametrize("fault", ["throttle", "internal-error", "unavailable", "reset-before-head", "bare-429"])
def test_a_fault_that_passes_is_tried_again_and_not_seen(lab, bot, fault):
    before = control.counts(lab.simulator)["faults"].get(fault, 0)
    answer, _ = ask_under(lab, fault, bot, times=1)
    answer.assert_complete()
    assert control.counts(lab.simulator)["faults"][fault] == before + 1


@pytest.mark.parametrize("bot", CHATS)
@pytest.mark.parametrize("fault", ["stream-throttle", "stream-internal-error", "stream-unavailable"])
def test_an_exception_before_any_word_is_tried_again(lab, bot, fault):
    answer, _ = ask_under(lab, fault, bot, times=1, after_events=0)
    answer.assert_complete()


@pytest.mark.parametrize("bot", CHATS)
def test_words_that_came_before_a_fault_stay(lab, bot):
    answer, _ = ask_under(lab, "stream-internal-error", bot, after_events=4)
    assert answer.text
    assert answer.names[-2:] == ["error", "done"]


@pytest.mark.parametrize("bot", CHATS)
def test_many_faults_at_once_leave_nothing(lab, bot):
    files = open_files(lab)
    for fault in ["stall-mid-stream", "reset-mid-stream", "corrupt-crc"]:
        for _ in range(3):
            ask_under(lab, fault, bot)
    poe.ask(lab.url, bot).assert_complete()
    assert_nothing_is_left(lab, files)


@pytest.mark.parametrize("operation", ["start-async-invoke", "get-async-invoke", "list-objects", "get-object"])
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_loses_no_video(lab, fault, operation):
    files = open_files(lab)
    answer, _ = ask_under(lab, fault, "video", times=1, match={"operation": operation})
    answer.assert_complete()
    assert "file" in answer.names
    assert_nothing_is_left(lab, files)


@pytest.mark.parametrize("fault", ["validation", "access-denied", "quota-exceeded", "not-found", "model-error"])
def test_a_video_that_is_refused_ends_in_words(lab, fault):
    files = open_files(lab)
    answer, took = ask_under(lab, fault, "video", match={"operation": "start-async-invoke"})
    assert dict(answer.events)["error"]["text"].split(" (Request ")[0] == WORDS[fault]
    assert took < SECONDS_TO_END
    assert_nothing_is_left(lab, files)


@pytest.mark.parametrize("fault", ["reset-mid-stream", "cut-mid-stream"])
def test_a_video_that_breaks_off_on_its_way_is_fetched_again(lab, fault):
    answer, _ = ask_under(lab, fault, "video", times=1, match={"operation": "get-object"})
    answer.assert_complete()
    assert "file" in answer.names
