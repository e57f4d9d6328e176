"""fastapi_poe, the official Python client, offers tools to a bot and runs what the model calls."""

import asyncio

import fastapi_poe as fp
import pytest

from support.program import ACCESS_KEY
from support.upstream import frame, frames, simulator_credentials

TOOLS = [
    fp.ToolDefinition(
        type="function",
        function={
            "name": name,
            "description": f"Tells the {name}.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
        },
    )
    for name in ("weather", "time")
]


def calls(upstream):
    """Calls both tools, one of them with input in pieces; once there are results, says what they were."""
    last = upstream.requests[-1][1]["messages"][-1]["content"]
    results = [block["toolResult"] for block in last if "toolResult" in block]
    if results:
        told = {result["toolUseId"]: result["content"][0]["text"] for result in results}
        return frames(f"{told['t1']} at {told['t2']}")
    return [
        frame("messageStart", {"role": "assistant"}),
        frame("contentBlockStart", {"contentBlockIndex": 0, "start": {"toolUse": {"toolUseId": "t1", "name": "weather"}}}),
        frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"toolUse": {"input": '{"city": "Kath'}}}),
        frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"toolUse": {"input": 'mandu"}'}}}),
        frame("contentBlockStop", {"contentBlockIndex": 0}),
        frame("contentBlockStart", {"contentBlockIndex": 1, "start": {"toolUse": {"toolUseId": "t2", "name": "time"}}}),
        frame("contentBlockStop", {"contentBlockIndex": 1}),
        frame("messageStop", {"stopReason": "tool_use"}),
        frame("metadata", {"usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}, "metrics": {"latencyMs": 1}}),
    ]


@pytest.fixture
def bot(project, serve, start_upstream):
    project.echo_bot("guide")
    upstream = start_upstream(calls)
    variables = simulator_credentials(upstream.url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    return upstream, gateway


def request(**changes):
    message = fp.ProtocolMessage(role="user", content="How is Kathmandu?")
    return fp.QueryRequest(
        version="1.2", type="query", query=[message], user_id="u", conversation_id="c", message_id="m", **changes
    )


async def pieces_of(gateway, **options):
    complaints = []
    stream = fp.stream_request(
        request(),
        bot_name="guide",
        api_key=ACCESS_KEY,
        base_url=f"{gateway.url}/bots/",
        num_tries=1,
        on_error=lambda error, message: complaints.append(message),
        **options,
    )
    pieces = [piece async for piece in stream]
    assert complaints == []
    return pieces


def test_the_client_runs_the_tools_and_the_model_gets_their_results(bot):
    upstream, gateway = bot
    ran = []

    def weather(city):
        ran.append(city)
        return "sunny"

    def time():
        return "noon"

    pieces = asyncio.run(pieces_of(gateway, tools=TOOLS, tool_executables=[weather, time]))
    assert ran == ["Kathmandu"]
    assert "".join(piece.text for piece in pieces) == '"sunny" at "noon"'
    asked = upstream.requests[-1][1]
    assert [tool["toolSpec"]["name"] for tool in asked["toolConfig"]["tools"]] == ["weather", "time"]
    assert asked["messages"][-2]["content"][0]["toolUse"]["input"] == {"city": "Kathmandu"}


def test_a_caller_with_a_loop_of_its_own_gets_the_calls(bot):
    _, gateway = bot
    pieces = asyncio.run(pieces_of(gateway, tools=TOOLS))
    arguments = {}
    for piece in pieces:
        for delta in piece.tool_calls:
            arguments.setdefault(delta.index, "")
            arguments[delta.index] += delta.function.arguments
    assert arguments == {0: '{"city": "Kathmandu"}', 1: "{}"}


def test_who_offers_no_tools_sees_none(bot):
    _, gateway = bot
    pieces = asyncio.run(pieces_of(gateway))
    assert "".join(piece.text for piece in pieces) == ""
