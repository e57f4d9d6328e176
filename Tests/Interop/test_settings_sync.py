"""botctl sync, and the sync after a deploy, against a stand-in of Poe's side; fastapi_poe calls the same one."""

import json
import re

import fastapi_poe as fp
import pytest

from support import poe
from support.poe_platform import PoePlatform
from support.program import ACCESS_KEY


@pytest.fixture
def platform(services):
    """Poe's side, which knows the bot `Echo-Bot`."""
    platform = PoePlatform()
    services.callback(platform.stop)
    platform.add_bot("Echo-Bot", ACCESS_KEY)
    return platform


@pytest.fixture
def synced(project, serve, platform):
    """A project whose environment tells Poe, and that serves."""

    def start(sync=True):
        echo(project)
        serve(project, settings={"poe": {"sync": sync, "base_url": platform.url}})
        return project

    return start


def echo(project, name="echo", handle="Echo-Bot", greeting="Hello!"):
    project.bot(
        name,
        json.dumps(
            {
                "model": "amazon.nova-micro-v1:0",
                "poe": {"handle": handle, "introduction_message": greeting},
                "smoke": [{"name": "pong", "prompt": "Reply with the single word pong", "expect": {"contains": "pong"}}],
            }
        ),
    )


def settings_of(project, bot="echo"):
    """What the gateway answers to Poe's own question."""
    url = json.loads((project.root / "botctl.yaml").read_text())["environments"]["local"]["gateway"]["url"]
    return poe.post(url, bot, {"version": "1.2", "type": "settings"}).json()


def test_a_deploy_tells_poe_what_it_changed(synced, platform):
    project = synced()
    document = project.run("deploy", "--yes", "-o", "json").expect(0).json()
    assert document["sync"]["synced"] == 1 and document["sync"]["bots"][0]["handle"] == "Echo-Bot"
    assert platform.bot("Echo-Bot").settings == settings_of(project)
    assert platform.bot("Echo-Bot").settings["introduction_message"] == "Hello!"
    # A second deploy with nothing to change has nothing to tell.
    project.run("deploy", "--yes").expect(0)
    assert len(platform.calls) == 1


def test_nothing_calls_poe_unless_it_is_asked_to(synced, platform):
    project = synced(sync=False)
    document = project.run("deploy", "--yes", "-o", "json").expect(0).json()
    assert "sync" not in document and platform.calls == []
    for command in (["smoke"], ["list"], ["diff"], ["history"], ["validate"], ["show", "echo"]):
        project.run(*command).expect(0)
    assert platform.calls == []
    # Whoever runs it asks for it.
    project.run("sync").expect(0)
    assert [call.target.split("/")[2] for call in platform.calls] == ["update_settings"]


def test_the_call_is_that_of_the_official_client(synced, platform):
    project = synced(sync=False)
    project.run("deploy", "--yes").expect(0)
    project.run("sync").expect(0)
    fp.sync_bot_settings("Echo-Bot", ACCESS_KEY, settings=settings_of(project), base_url=f"{platform.url}/bot/")
    ours, theirs = platform.calls
    assert ours.facts("content-type", "accept", "authorization") == theirs.facts(
        "content-type", "accept", "authorization"
    )
    assert platform.bot("Echo-Bot").synced == 2


def test_a_failed_sync_undoes_nothing_and_is_repeated(synced, platform):
    project = synced()
    platform.bot("Echo-Bot").access_key = "another-key-another-key-another-"
    outcome = project.run("deploy", "--yes").expect(1)
    assert "failed echo (Echo-Bot on Poe): status 403: Invalid access key." in outcome.stderr
    assert "'botctl sync -e local' tells Poe again" in outcome.stderr
    assert project.manifest()["serial"] == 1
    platform.bot("Echo-Bot").access_key = ACCESS_KEY
    again = project.run("sync", "-e", "local").expect(0)
    assert "synced" in again.stdout and "Updated the settings of Echo-Bot." in again.stdout
    for text in (outcome.stdout, outcome.stderr, again.stdout, again.stderr):
        assert ACCESS_KEY not in text


@pytest.mark.parametrize("status, tries, result", [(503, 3, 0), (None, 3, 0), (429, 1, 1), (404, 1, 1)])
def test_only_what_may_pass_is_tried_again(synced, platform, status, tries, result):
    project = synced(sync=False)
    project.run("deploy", "--yes").expect(0)
    platform.add_fault(status, times=2 if tries > 1 else 1)
    document = project.run("sync", "-o", "json").expect(result).json()
    assert document["bots"][0]["attempts"] == tries == len(platform.calls)


def test_what_fails_for_good_is_given_up(synced, platform):
    project = synced(sync=False)
    project.run("deploy", "--yes").expect(0)
    platform.add_fault(500, times=10, words=f"broken for {ACCESS_KEY}\n\x1b[31m")
    outcome = project.run("sync").expect(1)
    assert re.search(r"failed +3 +status 500: broken for <redacted>", outcome.stdout), outcome.stdout
    assert "broken for" not in outcome.stderr
    assert ACCESS_KEY not in outcome.stdout + outcome.stderr and "\x1b" not in outcome.stdout + outcome.stderr
    assert len(platform.calls) == 3


def test_one_bad_bot_does_not_stop_the_others(project, serve, platform):
    for number in range(20):
        echo(project, f"echo-{number}", f"Echo {number}/x")
        if number != 7:
            platform.add_bot(f"Echo {number}/x", ACCESS_KEY)
    serve(project, settings={"poe": {"sync": True, "base_url": platform.url + "/"}})
    document = project.run("deploy", "--yes", "-o", "json").expect(1).json()
    assert (document["sync"]["synced"], document["sync"]["failed"]) == (19, 1)
    assert [bot["bot"] for bot in document["sync"]["bots"] if bot["result"] == "failed"] == ["echo-7"]


def test_names_choose_the_bots(synced, platform):
    project = synced(sync=False)
    echo(project, "other", "Other-Bot")
    platform.add_bot("Other-Bot", ACCESS_KEY)
    project.run("deploy", "--yes").expect(0)
    project.run("sync", "other").expect(0)
    assert platform.bot("Other-Bot").synced == 1 and platform.bot("Echo-Bot").synced == 0
    wrong = project.run("sync", "ohter").expect(1)
    assert "did you mean 'other'?" in wrong.stderr


def test_what_nobody_serves_is_not_told(project, platform):
    echo(project)
    project.settings(poe={"sync": True, "base_url": platform.url})
    outcome = project.run("deploy", "--yes").expect(0)
    assert "Poe was not told" in outcome.stderr and platform.calls == []


def test_a_key_does_not_cross_the_internet_unencrypted(project):
    echo(project)
    project.run("deploy", "--yes").expect(0)
    project.settings(poe={"base_url": "http://poe.example.com"})
    assert "error[BOT071]" in project.run("validate").expect(3).stdout
    outcome = project.run("sync").expect(1)
    assert "would carry access keys without encryption" in outcome.stderr


def test_nobody_at_the_other_end(project):
    echo(project)
    project.settings(poe={"base_url": "http://127.0.0.1:9"})
    project.run("deploy", "--yes").expect(0)
    outcome = project.run("sync", "-o", "json").expect(1).json()
    assert outcome["bots"][0]["attempts"] == 3 and "Connection refused" in outcome["bots"][0]["message"]
