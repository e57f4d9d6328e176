"""Users pay for answers: reserved before the model is asked, charged after it, at a stand-in of Poe's side."""

import asyncio
import json
import math
from fractions import Fraction

import fastapi_poe as fp
import httpx
import pytest
from fastapi_poe.types import CostItem

from support import poe, upstream
from support.poe_platform import PoePlatform
from support.program import ACCESS_KEY, wait_until

QUERY_ID = "d-00000000000000000000000000000001"


@pytest.fixture
def platform(services):
    platform = PoePlatform()
    services.callback(platform.stop)
    for name in ("echo", "picture"):
        platform.add_bot(name, ACCESS_KEY)
    return platform


@pytest.fixture
def charging(project, serve, platform):
    """A gateway that charges for the bot `echo`."""

    def start(pricing, model="amazon.nova-micro-v1:0", sync=True, charge=True, **changes):
        project.bot("echo", json.dumps({"model": model, "pricing": pricing, "smoke": [], **changes}))
        settings = {"poe": {"sync": sync, "charge": charge, "base_url": platform.url}}
        gateway = serve(project, "--log-format", "json", settings=settings)
        project.run("deploy", "--yes").expect(0)
        platform.calls.clear()
        return gateway

    return start


def ask(gateway, prompt="Say something about lighthouses", query_id=QUERY_ID):
    response = poe.post(gateway.url, "echo", poe.query(prompt, bot_query_id=query_id))
    assert response.status_code == 200
    return poe.Answer.of(response.text)


def line(gateway):
    """The newest request line of the gateway's log."""
    lines = [json.loads(text) for text in gateway.log.splitlines() if text.startswith("{")]
    return [entry for entry in lines if entry.get("poe.type") == "query"][-1]


def test_what_is_charged_is_what_the_model_took(charging, platform):
    gateway = charging({"input_usd_per_million": 3, "output_usd_per_million": 15})
    ask(gateway).assert_complete()
    (reserved_of, [reserved]), (captured_of, [captured]) = platform.account.authorized[0], platform.account.captured[0]
    assert reserved_of == captured_of == QUERY_ID
    wait_until(lambda: "charge.captured_milli_cents" in gateway.log, "the line of log", 5)
    taken = line(gateway)
    exact = Fraction(3 * int(taken["tokens.input"]) + 15 * int(taken["tokens.output"]), 10)
    assert captured == math.ceil(exact) == int(taken["charge.captured_milli_cents"])
    assert reserved >= captured
    assert [call.target.rsplit("/")[-1] for call in platform.calls] == ["authorize", "capture"]


@pytest.mark.parametrize(
    "pricing, amount", [({"per_message": 0.0025}, 250), ({"per_message": "0.000000001"}, 1)]
)
def test_a_price_for_each_message(charging, platform, pricing, amount):
    ask(charging(pricing)).assert_complete()
    assert platform.account.captured == [(QUERY_ID, [amount])]


def test_a_price_for_each_picture(charging, platform):
    gateway = charging({"per_image": 0.04}, model="stability.stable-image-core-v1:1")
    answer = ask(gateway, "A lighthouse at dusk").assert_complete()
    assert "file" in answer.names
    assert platform.account.authorized == platform.account.captured == [(QUERY_ID, [4000])]


def test_without_means_the_model_is_not_asked(project, serve, platform, start_upstream):
    model = start_upstream(upstream.saying("Hello."))
    project.bot("echo", json.dumps({"model": "amazon.nova-micro-v1:0", "pricing": {"per_message": 1}}))
    settings = {"upstream": "aws", "poe": {"sync": True, "charge": True, "base_url": platform.url}}
    variables = upstream.simulator_credentials(model.url)
    gateway = serve(project, settings=settings, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    asked = len(model.requests)
    platform.account.balance = 99_999
    answer = ask(gateway)
    assert answer.names == ["meta", "error", "done"]
    error = dict(answer.events)["error"]
    assert error["error_type"] == "insufficient_fund" and error["allow_retry"] is True
    assert len(model.requests) == asked
    platform.account.balance = 100_000
    ask(gateway).assert_complete()
    assert platform.account.balance == 0


def test_meta_does_not_wait_for_poe_and_done_does(charging, platform):
    gateway = charging({"per_message": 1})
    platform.hold()
    body = json.dumps(poe.query("Hello", bot_query_id=QUERY_ID)).encode()
    with httpx.stream(
        "POST", f"{gateway.url}/bots/echo", content=body, headers=poe.headers(), timeout=poe.TIMEOUT
    ) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: meta"
        assert platform.account.authorized == []
        platform.released.set()
        seen = []
        for text in lines:
            if text == "event: done":
                seen.append(len(platform.account.captured))
    assert seen == [1], "the charge must be made before the answer ends"


@pytest.mark.parametrize("status", [500, None, 403])
def test_an_answer_that_nobody_can_be_asked_to_pay_for_is_not_given(charging, platform, status):
    gateway = charging({"per_message": 1})
    platform.add_fault(status, of="authorize")
    answer = ask(gateway)
    assert answer.names == ["meta", "error", "done"]
    assert dict(answer.events)["error"]["allow_retry"] is (status != 403)
    assert platform.account.captured == []


def test_a_charge_that_fails_leaves_the_answer(charging, platform):
    gateway = charging({"per_message": 1})
    platform.add_fault(500, times=5, of="capture")
    ask(gateway).assert_complete()
    assert len(platform.calls_of("/bot/cost/")) == 2, "a second call could charge twice"
    assert "a cost could not be settled with Poe" in gateway.log
    assert ACCESS_KEY not in gateway.log


@pytest.mark.parametrize("sync, charge", [(False, False), (True, False), (False, True)])
def test_nobody_is_charged_unless_both_keys_say_so(charging, platform, sync, charge):
    ask(charging({"per_message": 1}, sync=sync, charge=charge)).assert_complete()
    assert platform.calls == []


def test_who_asks_without_a_query_of_poe_is_not_charged(charging, platform):
    gateway = charging({"per_message": 1})
    ask(gateway, query_id="").assert_complete()
    assert platform.calls == []


@pytest.mark.parametrize("verb", ["authorize", "capture"])
def test_the_calls_are_those_of_the_official_client(charging, platform, verb):
    gateway = charging({"per_message": 0.5})
    ask(gateway).assert_complete()
    (ours,) = [call for call in platform.calls if call.target.endswith(verb)]
    bot = fp.PoeBot(access_key=ACCESS_KEY)
    request = fp.QueryRequest(
        version="1.2", type="query", query=[], user_id="", conversation_id="", message_id="", bot_query_id=QUERY_ID
    )
    item = CostItem(amount_usd_milli_cents=50_000, description=ours.json["amounts"][0]["description"])
    asyncio.run(getattr(bot, f"{verb}_cost")(request, item, base_url=f"{platform.url}/"))
    names = ("content-type", "accept", "cache-control", "authorization")
    assert ours.facts(*names) == platform.calls[-1].facts(*names)


def test_the_official_client_understands_the_stand_in(platform):
    bot = fp.PoeBot(access_key=ACCESS_KEY)
    request = fp.QueryRequest(
        version="1.2", type="query", query=[], user_id="", conversation_id="", message_id="", bot_query_id=QUERY_ID
    )
    platform.account.balance = 1
    with pytest.raises(fp.InsufficientFundError):
        asyncio.run(bot.capture_cost(request, CostItem(amount_usd_milli_cents=2), base_url=f"{platform.url}/"))
    wrong = fp.PoeBot(access_key="x" * 32)
    with pytest.raises(fp.CostRequestError, match="403.*Invalid access key"):
        asyncio.run(wrong.authorize_cost(request, CostItem(amount_usd_milli_cents=1), base_url=f"{platform.url}/"))
