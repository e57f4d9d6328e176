"""Bots whose model stands behind an OpenAI-compatible service."""

import time

import pytest

from support import poe
from support.llmock import Llmock

BOT = """
    model: {{provider: openai, id: gpt-4o-mini, base_url: {url}, api_key: "${{env:MODEL_KEY}}"}}
    retry: {{max_attempts: 4}}
"""
KEY = {"MODEL_KEY": "sk-of-nobody"}


@pytest.fixture(scope="module")
def llmock(tmp_path_factory):
    server = Llmock(tmp_path_factory.mktemp("llmock"))
    yield server
    server.stop()


@pytest.fixture
def gateway(llmock, project, serve):
    """A gateway with the bot `gpt`, which calls llmock by its own URL."""
    llmock.reset()
    project.bot("gpt", BOT.format(url=llmock.url + "/v1"))
    gateway = serve(project, settings={"upstream": "aws"}, **KEY)
    project.run("deploy", "--yes", **KEY).expect(0)
    llmock.reset()
    return gateway


def test_a_bot_of_another_service_answers_with_what_it_is_told(gateway, llmock):
    llmock.plan(type="reply", text="The tide is out.")
    answer = poe.ask(gateway.url, "gpt", "How is the tide?")
    answer.assert_complete()
    assert answer.text == "The tide is out."
    assert llmock.verdict()["passed"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again_and_not_too_soon(gateway, llmock, status):
    llmock.plan(type="fail", status=status, times=2, **({"retry_after": 1} if status == 429 else {}))
    poe.ask(gateway.url, "gpt", f"Say something after {status}").assert_complete()
    verdict = llmock.verdict()
    # Waits are drawn at random, as AWS does it, and short ones are only warned of; what the service asks for is kept.
    assert verdict["passed"] and (verdict["warnings"] == 0 or status != 429), verdict
    assert verdict["attempts"] == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_cannot_pass_is_told_at_once(gateway, llmock, status):
    llmock.plan(type="fail", status=status)
    assert "error" in poe.ask(gateway.url, "gpt", f"Say something with {status}").names
    verdict = llmock.verdict()
    assert verdict["passed"] and verdict["warnings"] == 0, verdict
    assert verdict["attempts"] == 1


@pytest.mark.parametrize("kind", ["disconnect", "truncate", "malformed"])
def test_a_broken_stream_is_never_a_whole_answer(gateway, llmock, kind):
    llmock.plan(type="stream_fault", kind=kind, after_chunks=2)
    prompt = f"Say something long with {kind}"
    assert "error" in poe.ask(gateway.url, "gpt", prompt).names
    # Text has gone out, so that only the user can ask again; the verdict takes that for the retry that it is.
    poe.ask(gateway.url, "gpt", prompt).assert_complete()
    verdict = llmock.verdict()
    assert verdict["passed"], verdict


def test_the_simulator_stands_in_for_every_service(project, serve):
    project.bot(
        "gpt",
        """
        model: {provider: openai, id: "amazon.nova-micro-v1:0", base_url: "https://api.example.com/v1"}
        """,
    )
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    answer = poe.ask(gateway.url, "gpt")
    answer.assert_complete()
    assert "pong" in answer.text


def test_a_key_that_changes_needs_no_restart(llmock, project, serve):
    key = project.root / "key"
    key.write_text("sk-of-nobody")
    project.bot("gpt", BOT.format(url=llmock.url + "/v1").replace("env:MODEL_KEY", "file:key"))
    llmock.reset()
    gateway = serve(project, settings={"upstream": "aws"})
    project.run("deploy", "--yes").expect(0)
    llmock.reset()
    # A key that is refused is read again, and only a new one is sent.
    llmock.plan(type="fail", status=401)
    assert "error" in poe.ask(gateway.url, "gpt", "Say something").names
    assert llmock.verdict()["attempts"] == 1
    llmock.reset()
    time.sleep(5)
    key.write_text("sk-of-somebody")
    llmock.plan(type="fail", status=401, times=1)
    poe.ask(gateway.url, "gpt", "Say something else").assert_complete()
    assert llmock.verdict()["attempts"] == 2
