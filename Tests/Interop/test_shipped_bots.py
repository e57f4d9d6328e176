"""Every bot of bots.d passes its smoke cases on the simulator: text, image and video."""

import base64
import json

import httpx
import pytest

from support import poe, program

PNG = b"\x89PNG\r\n\x1a\n"
EDITORS = [
    "stable-remove-background",
    "stable-fast-upscale",
    "stable-conservative-upscale",
    "stable-creative-upscale",
]


def test_every_shipped_bot_passes_its_smoke_cases(shipped):
    report = shipped.project.run("smoke", "--output", "json").expect(0).json()
    verdicts = {case["bot"]: case["result"] for case in report["verdicts"]}
    assert set(verdicts) == set(shipped.project.bot_names())
    assert set(verdicts.values()) == {"pass"}, verdicts
    assert len(verdicts) >= 40


def test_the_files_of_shipped_bots_are_such_files(shipped):
    signatures = {"stable-diffusion-3.5": b"\x89PNG\r\n\x1a\n", "luma-ray": b"ftyp"}
    for bot, signature in signatures.items():
        answer = poe.ask(shipped.url, bot, "A red lighthouse at dusk")
        answer.assert_complete()
        files = [data for name, data in answer.events if name == "file"]
        assert len(files) == 1, answer
        file = files[0] if isinstance(files[0], dict) else json.loads(files[0])
        body = httpx.get(file["url"]).content
        assert signature in body[:16], (bot, body[:16])


@pytest.mark.parametrize("bot", EDITORS)
def test_a_bot_that_changes_pictures_makes_another_of_the_one_attached(shipped, bot):
    picture = (program.REPOSITORY / "smoke" / "picture.png").read_bytes()
    message = {
        "role": "user",
        "content": "A red lighthouse at dusk",
        "attachments": [
            {
                "url": "data:image/png;base64," + base64.b64encode(picture).decode(),
                "content_type": "image/png",
                "name": "lighthouse.png",
            }
        ],
    }
    answer = poe.Answer.of(poe.post(shipped.url, bot, poe.query("", query=[message])).text).assert_complete()
    files = [data for name, data in answer.events if name == "file"]
    assert len(files) == 1, answer
    made = httpx.get(files[0]["url"]).content
    assert made.startswith(PNG) and made != picture


@pytest.mark.parametrize("bot", EDITORS)
def test_a_bot_that_changes_pictures_asks_for_one(shipped, bot):
    answer = poe.ask(shipped.url, bot, "A red lighthouse at dusk")
    errors = [data for name, data in answer.events if name == "error"]
    assert len(errors) == 1 and "attach" in errors[0]["text"], answer
