"""`up --watch`: a saved file is live at once, a broken one never is."""

import signal
import threading
import time

import pytest

from support import program
from support.project import Project

ASK = "Who are you?"


@pytest.fixture
def up(tmp_path):
    """A project that `up --watch` serves, and what it prints."""
    project = Project(tmp_path / "project")
    project.echo_bot("echo")
    project.echo_bot("other")
    service = program.Service("up", "--watch", "--tokens-per-second", "60", directory=project.root)
    service.project = project
    yield service
    service.stop()


def printed(up, text, seconds=30):
    """Waits for a text among what is printed."""
    program.wait_until(lambda: text in up.log, f"{text!r} in {up.log}", seconds)


def ask(up, name, question=ASK):
    return program.run("chat", name, question, "--url", up.url, directory=up.project.root)


def save_like_an_editor(path, text):
    """Writes beside the file and renames."""
    draft = path.with_suffix(".tmp")
    draft.write_text(text)
    draft.rename(path)


def test_a_saved_bot_is_live_within_seconds(up):
    assert "Nova Micro" in ask(up, "echo").expect(0).stdout
    save_like_an_editor(up.project.root / "bots.d" / "echo.yaml", "model: amazon.nova-lite-v1:0\n")
    started = time.monotonic()
    printed(up, "echo changed")
    assert time.monotonic() - started < 5
    assert "Nova Lite" in ask(up, "echo").expect(0).stdout
    assert "bots.d/echo.yaml" in up.log


def test_a_new_bot_and_a_removed_one_are_seen(up):
    up.project.bot("third", "model: amazon.nova-lite-v1:0\n")
    printed(up, "third added")
    assert "(bots.d/third.yaml, " in up.log
    ask(up, "third").expect(0)
    (up.project.root / "bots.d" / "third.yaml").unlink()
    printed(up, "third removed")
    ask(up, "third").expect(1)


def test_a_broken_file_is_shown_and_the_last_good_bot_stays(up):
    bot = up.project.root / "bots.d" / "echo.yaml"
    good = bot.read_text()
    bot.write_text("model: amazon.nova-lite-v1:0\nfrobnicate: 1\n")
    printed(up, "kept what was good")
    assert "bots.d/echo.yaml:2:1: error[" in up.log
    assert "Nova Micro" in ask(up, "echo").expect(0).stdout
    bot.write_text(good)
    printed(up, "no bot is different")


def test_a_bot_that_fails_its_smoke_case_is_not_live(up):
    up.project.echo_bot("echo", contains="pang")
    printed(up, "kept what was good")
    assert "case 'pong'" in up.log
    assert "Nova Micro" in ask(up, "echo").expect(0).stdout


def test_a_template_and_a_prompt_file_count_too(up):
    (up.project.root / "prompts").mkdir()
    prompt = up.project.root / "prompts" / "echo.md"
    prompt.write_text("Answer in English.\n")
    up.project.bot("echo", "model: amazon.nova-micro-v1:0\nsystem_prompt: {file: prompts/echo.md}\n")
    printed(up, "echo changed")
    before = up.log.count("echo changed")
    prompt.write_text("Answer in French.\n")
    program.wait_until(lambda: up.log.count("echo changed") > before, "the prompt to be live", 30)
    template = up.project.root / "templates" / "DEFAULT_CHAT_CONFIG.yaml"
    template.write_text(template.read_text() + "\nlabels: {season: winter}\n")
    printed(up, "other changed")


def test_an_answer_is_not_cut_by_a_change(up):
    answers = []
    asking = threading.Thread(target=lambda: answers.append(ask(up, "other")))
    asking.start()
    time.sleep(0.3)
    up.project.bot("echo", "model: amazon.nova-lite-v1:0\n")
    up.project.bot("other", "model: amazon.nova-lite-v1:0\n")
    printed(up, "other changed")
    asking.join(60)
    assert answers[0].status == 0 and "The same request always gets this same answer." in answers[0].stdout


def test_ctrl_c_ends_it(up):
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(30) == 0
