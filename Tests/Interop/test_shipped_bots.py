"""Every bot of bots.d passes its smoke cases on the simulator: text, image and video."""

import json

import httpx

from support import poe


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
