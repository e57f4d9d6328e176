"""What bots make for users of Poe is uploaded to a stand-in of Poe's side, or shown by the gateway's own links."""

import asyncio
import json
from urllib.parse import urlsplit

import fastapi_poe as fp
import httpx
import pytest

from support import poe
from support.poe_platform import PoePlatform
from support.program import ACCESS_KEY


@pytest.fixture
def platform(services):
    platform = PoePlatform()
    services.callback(platform.stop)
    platform.add_bot("painter", ACCESS_KEY)
    return platform


@pytest.fixture
def painting(project, serve, platform):
    """A gateway with the bot `painter`."""

    def start(sync=True, upload=True, model="stability.stable-image-core-v1:1"):
        project.bot("painter", json.dumps({"model": model, "smoke": []}))
        there = {"sync": sync, "base_url": platform.url}
        if upload:
            there["upload_url"] = f"{platform.url}/poe_api"
        gateway = serve(project, settings={"poe": there})
        project.run("deploy", "--yes").expect(0)
        platform.calls.clear()
        return gateway

    return start


def paint(gateway):
    answer = poe.ask(gateway.url, "painter", "A lighthouse at dusk").assert_complete()
    (file,) = [data for name, data in answer.events if name == "file"]
    return file


def test_a_picture_is_uploaded_and_shown_from_there(painting, platform):
    file = paint(painting())
    assert file["url"].startswith(f"{platform.url}/files/")
    (content_type, content) = platform.files[urlsplit(file["url"]).path.rsplit("/", 1)[1]]
    assert content_type == file["content_type"] == "image/png"
    assert content.startswith(b"\x89PNG") and httpx.get(file["url"]).content == content


def test_what_poe_does_not_take_is_shown_by_the_gateway(painting, platform):
    gateway = painting()
    platform.add_fault(500, times=2)
    file = paint(gateway)
    assert file["url"].startswith(f"{gateway.url}/files/") and len(platform.calls) == 2
    assert httpx.get(file["url"]).content.startswith(b"\x89PNG")
    assert "could not be brought to Poe" in gateway.log and ACCESS_KEY not in gateway.log


def test_a_lost_connection_is_tried_again(painting, platform):
    gateway = painting()
    platform.add_fault(None)
    assert paint(gateway)["url"].startswith(f"{platform.url}/files/")
    assert len(platform.calls) == 2


@pytest.mark.parametrize("sync, upload", [(False, True), (True, False)])
def test_nothing_is_uploaded_unless_both_keys_say_so(painting, platform, sync, upload):
    gateway = painting(sync, upload)
    assert paint(gateway)["url"].startswith(f"{gateway.url}/files/")
    assert platform.calls == []


def test_the_call_is_that_of_the_official_client(painting, platform):
    paint(painting())
    (ours,) = platform.calls
    _, content = list(platform.files.values())[-1]
    attachment = asyncio.run(
        fp.upload_file(
            file=content, file_name="picture.png", api_key=ACCESS_KEY, base_url=f"{platform.url}/poe_api/"
        )
    )
    theirs = platform.calls[-1]
    assert attachment.url.startswith(platform.url)
    for call in (ours, theirs):
        assert (call.method, call.target) == ("POST", "/poe_api/file_upload_3RD_PARTY_POST")
        assert call.headers["authorization"] == ACCESS_KEY
        assert call.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert list(platform.files.values())[-1][1] == content
