"""The OpenAI-compatible door, asked by the official client."""

import asyncio
import base64
import io
import json
import time

import httpx
import openai
import pytest
from PIL import Image

from support import program
from support.local_server import LocalServer
from support.project import Project

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}


def new_key(project, *arguments):
    """The text of a new key."""
    return project.run("key", "new", *arguments).expect(0).stdout.strip()


@pytest.fixture(scope="module")
def door(session_services, tmp_path_factory):
    """A gateway with bots of several sorts over the embedded simulator, and a key for them."""
    project = Project(tmp_path_factory.mktemp("door") / "project")
    project.echo_bot("echo")
    project.bot("sonnet", "model: anthropic.claude-sonnet-5-5\naliases: [claude]\n")
    project.bot("painter", "model: stability.stable-image-core-v1:1\npoe: {parameter_controls: auto}\n")
    project.bot("upscaler", "model: stability.stable-fast-upscale-v1:0\n")
    project.bot("slow", "model: amazon.nova-micro-v1:0\nlimits: {requests_per_minute: 2}\n")
    gateway = program.Service("serve", directory=project.root)
    session_services.callback(gateway.stop)
    project.settings(gateway={"url": gateway.url})
    project.run("deploy", "--yes").expect(0)
    gateway.project = project
    gateway.key = new_key(project)
    deadline = time.monotonic() + 20
    while httpx.get(f"{gateway.url}/v1/models", headers={"authorization": f"Bearer {gateway.key}"}).status_code != 200:
        assert time.monotonic() < deadline, "the key does not count"
        time.sleep(0.1)
    return gateway


@pytest.fixture
def client(door):
    with openai.OpenAI(base_url=f"{door.url}/v1", api_key=door.key, max_retries=0, timeout=30) as client:
        yield client


def say(text):
    return [{"role": "user", "content": text}]


TWO_CALLS = 'Call the tools get_weather with {"city":"Oslo"} and get_weather with {"city":"Bergen"}'
PONG = say("Reply with the single word pong")


# Answers


def test_an_answer(client):
    answer = client.chat.completions.create(model="echo", messages=PONG)
    assert answer.choices[0].message.content.strip() == "pong"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == "amazon.nova-micro-v1:0"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0
    assert answer.id.startswith("chatcmpl-")


def test_a_name_may_be_an_alias_in_any_case(client):
    for name in ["ECHO", "claude", "CLAUDE"]:
        answer = client.chat.completions.create(model=name, messages=PONG)
        assert answer.choices[0].message.content.strip() == "pong"


def test_headers_tell_of_limits_and_the_request(client):
    answer = client.chat.completions.with_raw_response.create(model="echo", messages=PONG)
    assert answer.headers["x-request-id"] == answer.parse()._request_id
    assert answer.headers["x-ratelimit-limit-requests"] == "1000000"
    assert int(answer.headers["x-ratelimit-remaining-requests"]) < 1_000_000
    assert len(answer.headers["x-bot-digest"]) == 64


def test_a_stream_is_the_answer_in_pieces(client):
    chunks = list(
        client.chat.completions.create(
            model="echo", messages=say("Tell me a story"), stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    whole = client.chat.completions.create(model="echo", messages=say("Tell me a story"))
    assert text == whole.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].choices == [] and chunks[-1].usage == whole.usage
    assert all(chunk.usage is None for chunk in chunks[:-1])


def test_the_asynchronous_client(door):
    async def ask():
        async with openai.AsyncOpenAI(base_url=f"{door.url}/v1", api_key=door.key, max_retries=0) as client:
            answers = await asyncio.gather(
                *(client.chat.completions.create(model="echo", messages=PONG) for _ in range(8))
            )
            stream = await client.chat.completions.create(model="echo", messages=PONG, stream=True)
            text = ""
            async for chunk in stream:
                text += chunk.choices[0].delta.content or ""
            return [answer.choices[0].message.content for answer in answers] + [text]

    assert {text.strip() for text in asyncio.run(ask())} == {"pong"}


def test_the_clients_own_stream_helper(client):
    with client.chat.completions.stream(model="echo", messages=PONG) as stream:
        for _ in stream:
            pass
        answer = stream.get_final_completion()
    assert answer.choices[0].message.content.strip() == "pong"


def test_a_limit_on_the_answer_is_kept(client):
    answer = client.chat.completions.create(model="echo", messages=say("Tell me a story"), max_tokens=3)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage.completion_tokens <= 3


def test_what_does_not_change_the_answer_is_ignored(client):
    answer = client.chat.completions.create(
        model="echo",
        messages=PONG,
        seed=7,
        logit_bias={"50256": -100},
        user="u-1",
        metadata={"a": "b"},
        store=False,
        stop=["###"],
        verbosity="low",
        service_tier="auto",
        prediction=None,
    )
    assert answer.choices[0].message.content.strip() == "pong"


def test_what_nobody_knows_is_refused_as_the_service_does(client):
    with pytest.raises(openai.BadRequestError, match="Unrecognized request argument supplied: brand_new"):
        client.chat.completions.create(model="echo", messages=PONG, extra_body={"brand_new": [1]})


# Tools


def test_calls_of_tools_go_out_and_their_results_come_back(client):
    question = say(TWO_CALLS)
    first = client.chat.completions.create(model="sonnet", messages=question, tools=[TOOL])
    calls = first.choices[0].message.tool_calls
    assert first.choices[0].finish_reason == "tool_calls"
    assert [call.function.name for call in calls] == ["get_weather", "get_weather"]
    assert [json.loads(call.function.arguments)["city"] for call in calls] == ["Oslo", "Bergen"]
    assert len({call.id for call in calls}) == 2
    results = [{"role": "tool", "tool_call_id": call.id, "content": "Rain"} for call in calls]
    last = client.chat.completions.create(
        model="sonnet", messages=question + [first.choices[0].message.to_dict()] + results, tools=[TOOL]
    )
    assert last.choices[0].message.content


@pytest.mark.parametrize(
    "options",
    [
        {"model": "sonnet", "messages": say(TWO_CALLS)},
        {"model": "echo", "messages": say("Hello"), "tool_choice": "required"},
        {
            "model": "echo",
            "messages": say("Hello"),
            "tool_choice": {"type": "function", "function": {"name": "get_weather"}},
        },
    ],
)
def test_streamed_calls_are_those_of_the_whole_answer(client, options):
    options = {"tools": [TOOL], **options}
    calls = {}
    for chunk in client.chat.completions.create(stream=True, **options):
        for call in chunk.choices[0].delta.tool_calls or []:
            name, arguments = calls.setdefault(call.index, ["", ""])
            calls[call.index] = [name + (call.function.name or ""), arguments + (call.function.arguments or "")]
    whole = client.chat.completions.create(**options).choices[0].message.tool_calls
    assert [calls[index] for index in sorted(calls)] == [
        [call.function.name, call.function.arguments] for call in whole
    ]


def test_the_asynchronous_client_streams_calls_side_by_side(door):
    async def ask():
        async with openai.AsyncOpenAI(base_url=f"{door.url}/v1", api_key=door.key, max_retries=0) as client:
            async with client.chat.completions.stream(model="sonnet", messages=say(TWO_CALLS), tools=[TOOL]) as stream:
                async for _ in stream:
                    pass
                return await stream.get_final_completion()

    choice = asyncio.run(ask()).choices[0]
    assert choice.finish_reason == "tool_calls"
    assert [json.loads(call.function.arguments)["city"] for call in choice.message.tool_calls] == ["Oslo", "Bergen"]


# Leaving


def test_leaving_a_stream_ends_the_work(paced):
    key = new_key(paced.project)
    headers = {"authorization": f"Bearer {key}"}
    registry = f"{paced.url}/registry/v1/bots/echo"
    program.wait_until(lambda: httpx.get(registry, headers=headers).status_code == 200, "the key to count", 20)

    def open_answers():
        return httpx.get(registry, headers=headers).json()["health"]["open_answers"]

    with openai.OpenAI(base_url=f"{paced.url}/v1", api_key=key, max_retries=0) as client:
        for stream in [client.chat.completions.create(model="echo", messages=say("Tell"), stream=True) for _ in range(3)]:
            next(iter(stream))
            assert open_answers() > 0
            stream.close()
    program.wait_until(lambda: open_answers() == 0, "the answers to end", 5)


# Pictures and files


def test_a_picture_goes_in(client):
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "PNG")
    url = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
    content = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": url}}]
    answer = client.chat.completions.create(model="sonnet", messages=[{"role": "user", "content": content}])
    assert answer.choices[0].message.content
    with pytest.raises(openai.APIStatusError) as refused:
        client.chat.completions.create(model="echo", messages=[{"role": "user", "content": content}])
    assert refused.value.status_code == 400 and "cannot" in refused.value.message


def test_a_file_goes_in(client):
    data = "data:text/csv;base64," + base64.b64encode(b"a,b\n1,2\n").decode()
    content = [
        {"type": "file", "file": {"filename": "table.csv", "file_data": data}},
        {"type": "text", "text": "Sum it up"},
    ]
    assert (
        client.chat.completions.create(model="sonnet", messages=[{"role": "user", "content": content}])
        .choices[0]
        .message.content
    )


@pytest.fixture(scope="module")
def shelf(session_services):
    """A web server of pictures and texts; what it cannot give is a 404."""
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "PNG")
    files = {"/red.png": ("image/png", picture.getvalue()), "/notes.txt": ("text/plain", b"Buy milk.")}

    class Shelf(LocalServer):
        def answer(self, request, reply):
            kind, content = files.get(request.target, ("text/plain", b""))
            reply.whole(200 if content else 404, content, kind)

    server = Shelf()
    session_services.callback(server.stop)
    return server.url


@pytest.fixture(scope="module")
def fetching(session_services, tmp_path_factory, shelf):
    """A gateway that may fetch from the shelf, which is on no public address."""
    project = Project(tmp_path_factory.mktemp("fetching") / "project")
    project.bot("sonnet", "model: anthropic.claude-sonnet-5-5\nattachments: {max_count: 3}\n")
    (project.root / "botctl.yaml").write_text(json.dumps({"gateway": {"attachment_origins": [shelf]}}))
    gateway = program.Service("serve", directory=project.root)
    session_services.callback(gateway.stop)
    settings = {"environments": {"local": {"gateway": {"url": gateway.url}}}}
    (project.root / "botctl.yaml").write_text(json.dumps(settings))
    project.run("deploy", "--yes").expect(0)
    key = new_key(project)
    headers = {"authorization": f"Bearer {key}"}
    program.wait_until(
        lambda: httpx.get(f"{gateway.url}/v1/models", headers=headers).status_code == 200, "the key to count", 20
    )
    with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0, timeout=30) as client:
        yield client


def ask_about(client, *urls, **options):
    parts = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    content = [{"type": "text", "text": "What is this?"}, *parts]
    return client.chat.completions.create(model="sonnet", messages=[{"role": "user", "content": content}], **options)


def test_pictures_and_files_of_the_web_are_fetched(fetching, shelf):
    assert ask_about(fetching, f"{shelf}/red.png").choices[0].message.content
    assert list(ask_about(fetching, f"{shelf}/red.png", stream=True))
    file = {"type": "file", "file": {"filename": "notes.txt", "file_data": f"{shelf}/notes.txt"}}
    answer = fetching.chat.completions.create(
        model="sonnet", messages=[{"role": "user", "content": [file, {"type": "text", "text": "Sum it up"}]}]
    )
    assert answer.choices[0].message.content


@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_fetched_is_refused(fetching, shelf, stream):
    addresses = ["https://127.0.0.1/a.png", "https://169.254.169.254/latest/meta-data", "http://example.com/a.png"]
    for url in [f"{shelf}/none.png", *addresses]:
        with pytest.raises(openai.BadRequestError) as refused:
            ask_about(fetching, url, stream=stream)
        assert refused.value.code == "invalid_image_url", url
        assert refused.value.param == "messages[0].content[1].image_url.url"
    with pytest.raises(openai.BadRequestError) as refused:
        ask_about(fetching, f"{shelf}/notes.txt", stream=stream)
    assert refused.value.code == "image_parse_error"
    with pytest.raises(openai.BadRequestError) as refused:
        ask_about(fetching, *[f"{shelf}/red.png"] * 4, stream=stream)
    assert refused.value.code == "too_many_files"


def test_pictures_come_out(client):
    inside = client.images.generate(model="painter", prompt="A lighthouse", response_format="b64_json")
    assert Image.open(io.BytesIO(base64.b64decode(inside.data[0].b64_json))).size[0] > 0
    link = client.images.generate(model="painter", prompt="A lighthouse").data[0].url
    assert Image.open(io.BytesIO(httpx.get(link).raise_for_status().content)).size[0] > 0
    with pytest.raises(openai.BadRequestError, match="does not make pictures"):
        client.images.generate(model="echo", prompt="A lighthouse")


def png(width, height):
    """A file as programs hand it to the client."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "png")
    file.name = "red.png"
    file.seek(0)
    return file


def test_pictures_are_changed(client):
    options = {"model": "upscaler", "prompt": ""}
    inside = client.images.edit(image=png(100, 50), response_format="b64_json", **options)
    assert Image.open(io.BytesIO(base64.b64decode(inside.data[0].b64_json))).size == (400, 200)
    link = client.images.edit(image=[png(100, 50)], n=1, size="auto", **options).data[0].url
    assert Image.open(io.BytesIO(httpx.get(link).raise_for_status().content)).size == (400, 200)
    assert client.models.retrieve("upscaler").supported_endpoints[1:] == ["/v1/images/edits"]
    assert client.models.retrieve("painter").supported_endpoints[1:] == ["/v1/images/generations"]


def test_what_cannot_be_changed_says_why(client):
    def refused(**options):
        with pytest.raises(openai.BadRequestError) as error:
            client.images.edit(**{"model": "upscaler", "prompt": "x", "image": png(100, 50)} | options)
        return error.value

    assert "Use POST /v1/images/generations" in refused(model="painter").message
    assert refused(image=[png(9, 9), png(9, 9)]).code == "too_many_files"
    assert refused(image=io.BytesIO(b"no picture at all")).code == "image_parse_error"
    assert refused(mask=png(100, 50)).param == "mask"
    assert refused(stream=True).param == "stream"
    with pytest.raises(openai.BadRequestError, match="Use POST /v1/images/edits"):
        client.images.generate(model="upscaler", prompt="x")
    with pytest.raises(openai.APIStatusError) as large:
        client.images.edit(model="upscaler", prompt="x", image=("a.png", b"x" * (11 << 20)))
    assert large.value.status_code == 413


def test_the_bots_own_parameters_are_taken(client):
    options = {"model": "painter", "prompt": "A lighthouse", "response_format": "b64_json"}
    wide = client.images.generate(**options, extra_body={"aspect_ratio": "16:9", "seed": 7})
    width, height = Image.open(io.BytesIO(base64.b64decode(wide.data[0].b64_json))).size
    assert width > height
    client.chat.completions.create(model="painter", messages=say("A lighthouse"), extra_body={"aspect_ratio": "16:9"})
    with pytest.raises(openai.BadRequestError, match="Aspect ratio"):
        client.images.generate(**options, extra_body={"aspect_ratio": "1:99"})
    names = {parameter["name"] for parameter in client.models.retrieve("painter").parameters}
    assert {"aspect_ratio", "seed"} <= names


def test_a_picture_in_a_conversation_is_a_link(client):
    answer = client.chat.completions.create(model="painter", messages=say("A lighthouse"))
    assert "](http://" in answer.choices[0].message.content


# Models


def test_models_are_the_bots(client):
    models = {model.id: model for model in client.models.list()}
    assert set(models) == {"echo", "painter", "slow", "sonnet", "upscaler"}
    assert models["sonnet"].architecture["input_modalities"] == ["text", "image"]
    assert float(models["sonnet"].pricing["prompt"]) > 0
    assert models["painter"].architecture["output_modalities"] == ["image"]
    assert client.models.retrieve("Claude").id == "sonnet"
    assert client.models.retrieve("Claude").context_length > 0


# Errors


def test_errors_are_those_that_the_client_knows(client, door):
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="nobody", messages=PONG)
    assert missing.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError) as invalid:
        client.chat.completions.create(model="echo", messages=PONG, n=2)
    assert invalid.value.param == "n"
    with pytest.raises(openai.NotFoundError, match="/v1/chat/completions"):
        client.responses.create(model="echo", input="Hello")
    with pytest.raises(openai.AuthenticationError) as wrong:
        client.with_options(api_key="bk-wrong").chat.completions.create(model="echo", messages=PONG)
    assert wrong.value.code == "invalid_api_key"
    with pytest.raises(openai.RateLimitError) as limited:
        for _ in range(3):
            client.chat.completions.create(model="slow", messages=PONG)
    assert limited.value.code == "rate_limit_exceeded"
    assert int(limited.value.response.headers["retry-after"]) > 0


def test_a_failure_of_the_model_has_its_status(client):
    with pytest.raises(openai.BadRequestError) as failed:
        client.chat.completions.create(model="echo", messages=say("x" * 3_000_000))
    assert failed.value.code == "context_length_exceeded"


# Keys


def test_a_key_opens_its_bots_until_it_is_revoked(door, client):
    made = door.project.run(
        "key", "new", "--bot", "Echo", "--note", "a test", "--expires", "1h", "-o", "json"
    ).expect(0).json()
    assert made["key"].startswith("bk-") and made["bots"] == ["echo"]
    mine = client.with_options(api_key=made["key"])
    deadline = time.monotonic() + 20
    while True:
        try:
            assert [model.id for model in mine.models.list()] == ["echo"]
            break
        except openai.AuthenticationError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    with pytest.raises(openai.PermissionDeniedError):
        mine.chat.completions.create(model="sonnet", messages=PONG)
    listed = door.project.run("key", "list", "-o", "json").expect(0)
    assert made["key"] not in listed.stdout
    assert [key["state"] for key in listed.json()["keys"] if key["id"] == made["id"]] == ["valid"]
    state = "".join(path.read_text(errors="replace") for path in door.project.state.rglob("*") if path.is_file())
    assert made["key"] not in state

    door.project.run("key", "revoke", made["id"]).expect(0)
    revoked = time.monotonic()
    with pytest.raises(openai.AuthenticationError):
        while time.monotonic() < revoked + 20:
            mine.models.list()
            time.sleep(0.1)
    assert time.monotonic() < revoked + 10
    assert made["key"] not in door.log_path.read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["new", "--bot", "ecoh"], 1, "did you mean 'echo'?"),
        (["new", "--expires", "soon"], 64, "--expires"),
        (["revoke", "key-of-nobody"], 1, "there is no key"),
    ],
)
def test_commands_say_what_is_wrong(door, arguments, status, words):
    outcome = door.project.run("key", *arguments).expect(status)
    assert words in outcome.stderr and outcome.stdout == ""
