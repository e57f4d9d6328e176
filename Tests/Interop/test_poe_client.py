"""fastapi_poe, the official Python client, talks to a gateway."""

import asyncio
import time

import fastapi_poe as fp
import httpx
import pytest
from fastapi_poe.client import BotError, _BotContext

from support.program import ACCESS_KEY

PONG = "Reply with the single word pong"


def query_request(*messages):
    return fp.QueryRequest(
        query=[fp.ProtocolMessage(role=role, content=content) for role, content in messages],
        user_id="u-1",
        conversation_id="c-1",
        message_id="m-1",
        version="1.2",
        type="query",
    )


async def stream(gateway, bot, prompt, key=ACCESS_KEY, session=None):
    """The pieces of an answer with the time of each; what the client complains of to the bot fails the test."""
    complaints = []
    pieces = []
    async for piece in fp.stream_request(
        query_request(("user", prompt)),
        bot_name=bot,
        api_key=key,
        base_url=f"{gateway.url}/bots/",
        on_error=lambda error, message: complaints.append(message),
        num_tries=1,
        session=session,
    ):
        pieces.append((time.monotonic(), piece))
    assert complaints == []
    return pieces


def text_of(pieces):
    return "".join(piece.text for _, piece in pieces)


def test_every_shipped_bot_streams_a_reply(shipped):
    for bot in shipped.project.chat_bot_names():
        answer = text_of(asyncio.run(stream(shipped, bot, PONG)))
        assert answer.strip().lower() == "pong", bot


def test_an_open_question_gets_a_paragraph_in_several_deltas(shipped):
    pieces = asyncio.run(stream(shipped, "nova-micro", "What are you?"))
    assert len(pieces) >= 2
    assert "nova-micro" in text_of(pieces)


def test_deltas_arrive_over_time_when_the_model_takes_its_time(paced):
    began = time.monotonic()
    pieces = asyncio.run(stream(paced, "echo", "What are you?"))
    times = [at - began for at, _ in pieces]
    assert len(times) >= 8
    assert times[-1] - times[0] >= 0.3, "all deltas came at once"
    assert times[0] < times[-1] / 2, "the first delta waited for the last"
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    assert sum(gap > 0.01 for gap in gaps) >= len(gaps) / 2, f"deltas came in bursts: {gaps}"


def test_bots_answer_at_the_same_time(shipped):
    async def all_at_once():
        bots = shipped.project.chat_bot_names() * 4
        answers = await asyncio.gather(*(stream(shipped, bot, PONG) for bot in bots))
        return [text_of(answer).strip().lower() for answer in answers]

    answers = asyncio.run(all_at_once())
    assert set(answers) == {"pong"} and len(answers) >= 32


def test_get_final_response_joins_the_answer(shipped):
    request = query_request(("user", PONG))
    base_url = f"{shipped.url}/bots/"
    answer = asyncio.run(fp.get_final_response(request, bot_name="nova-micro", api_key=ACCESS_KEY, base_url=base_url))
    assert answer.strip().lower() == "pong"


def test_a_conversation_with_a_system_message_and_answers_is_taken(shipped):
    conversation = [
        ("system", "Be brief."),
        ("bot", "How can I help?"),
        ("user", ""),
        ("user", "Hello"),
        ("bot", "Hello!"),
        ("user", PONG),
    ]

    async def converse(bot):
        messages = [fp.ProtocolMessage(role=role, content=content) for role, content in conversation]
        pieces = []
        async for piece in fp.get_bot_response(
            messages=messages, bot_name=bot, api_key=ACCESS_KEY, base_url=f"{shipped.url}/bots/"
        ):
            pieces.append(piece.text)
        return "".join(pieces)

    for bot in shipped.project.chat_bot_names():
        assert asyncio.run(converse(bot)).strip().lower() == "pong", bot


def context(session, gateway, bot, key=ACCESS_KEY):
    """The client's own way to everything but queries."""
    return _BotContext(endpoint=f"{gateway.url}/bots/{bot}", session=session, api_key=key)


def test_settings_are_what_the_client_knows(shipped):
    async def fetch():
        async with httpx.AsyncClient() as session:
            return {
                bot: await context(session, shipped, bot).fetch_settings() for bot in shipped.project.bot_names()
            }

    for bot, settings in asyncio.run(fetch()).items():
        fp.SettingsResponse.model_validate(settings)
        unknown = settings.keys() - fp.SettingsResponse.model_fields.keys()
        assert not unknown, f"{bot}: {unknown}"


def session_that_keeps(statuses):
    async def keep(response):
        statuses.append(response.status_code)

    return httpx.AsyncClient(event_hooks={"response": [keep]})


@pytest.mark.parametrize("bot, key, status", [("nova-micro", "x" * 32, 401), ("no-such-bot", ACCESS_KEY, 404)])
def test_a_refused_query_is_an_error_of_the_client(shipped, bot, key, status):
    statuses = []

    async def ask():
        async with session_that_keeps(statuses) as session:
            await stream(shipped, bot, PONG, key=key, session=session)

    with pytest.raises(BotError):
        asyncio.run(ask())
    assert statuses == [status]


@pytest.mark.parametrize("report", ["error", "feedback", "reaction"])
def test_reports_are_accepted(shipped, report):
    statuses = []

    async def send():
        async with session_that_keeps(statuses) as session:
            bot = context(session, shipped, "nova-micro")
            if report == "error":
                await bot.report_error("something was odd", {"where": "here"})
            elif report == "feedback":
                await bot.report_feedback("m-1", "u-1", "c-1", "like")
            else:
                await bot.report_reaction("m-1", "u-1", "c-1", "heart")

    asyncio.run(send())
    assert statuses == [200]
