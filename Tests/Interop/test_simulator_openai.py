"""The `openai` client reads the simulator's second face."""

import base64
import io
import json
import time

import openai
import pytest
from PIL import Image

from support import control

MODEL = "amazon.nova-micro-v1:0"
HELLO = [{"role": "user", "content": "Hello"}]
PONG = [{"role": "user", "content": "Reply with the single word pong"}]
TOOLS = [
    {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {}}}}
    for name in ("look", "count")
]


def client_of(simulator, key="simulator"):
    return openai.OpenAI(base_url=f"{simulator.url}/v1", api_key=key, max_retries=0, timeout=30)


@pytest.fixture
def client(simulator):
    return client_of(simulator)


def test_a_completion(client):
    answer = client.chat.completions.create(model=MODEL, messages=PONG)
    assert answer.choices[0].message.content == "pong"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_stream(client):
    chunks = list(
        client.chat.completions.create(
            model=MODEL, messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
    )
    texts = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert len(texts) >= 8
    assert MODEL in "".join(texts)
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage.completion_tokens > 0


def test_parallel_tool_calls(client):
    messages = [{"role": "user", "content": 'Call the tools look with {"at": "ü"} and count with {}'}]
    message = client.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS).choices[0].message
    assert [json.loads(call.function.arguments) for call in message.tool_calls] == [{"at": "ü"}, {}]
    streamed = {}
    for chunk in client.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS, stream=True):
        for call in chunk.choices[0].delta.tool_calls or []:
            streamed[call.index] = streamed.get(call.index, "") + (call.function.arguments or "")
    assert [json.loads(streamed[index]) for index in sorted(streamed)] == [{"at": "ü"}, {}]
    results = [{"role": "tool", "tool_call_id": call.id, "content": "done"} for call in message.tool_calls]
    history = [*messages, message.model_dump(exclude_none=True), *results]
    answer = client.chat.completions.create(model=MODEL, messages=history, tools=TOOLS)
    assert "2 tool results came back" in answer.choices[0].message.content
    with pytest.raises(openai.BadRequestError):
        client.chat.completions.create(model=MODEL, messages=history[:-1], tools=TOOLS)


def test_reasoning(client):
    answer = client.chat.completions.create(model=MODEL, messages=PONG, reasoning_effort="low")
    assert answer.choices[0].message.reasoning_content
    assert answer.usage.completion_tokens_details.reasoning_tokens > 0


def test_images_in_and_out(client):
    made = client.images.generate(model="simulated-image", prompt="A boat", size="256x256")
    text = made.data[0].b64_json
    assert Image.open(io.BytesIO(base64.b64decode(text))).size == (256, 256)
    content = [
        {"type": "text", "text": "What is it?"},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{text}"}},
    ]
    answer = client.chat.completions.create(model="simulated-eyes", messages=[{"role": "user", "content": content}])
    assert "image png of" in answer.choices[0].message.content


def test_models(client):
    assert MODEL in [model.id for model in client.models.list()]
    assert client.models.retrieve(MODEL).id == MODEL


def test_errors(simulator, client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="acme-1", messages=HELLO)
    assert caught.value.code == "model_not_found"
    with pytest.raises(openai.AuthenticationError):
        client_of(simulator, key="wrong").chat.completions.create(model=MODEL, messages=HELLO)


@pytest.mark.parametrize(
    "fault, error",
    [
        ("throttle", openai.RateLimitError),
        ("internal-error", openai.InternalServerError),
        ("unavailable", openai.InternalServerError),
        ("html-error", openai.InternalServerError),
        ("reset-before-head", openai.APIConnectionError),
    ],
)
def test_faults(simulate, fault, error):
    simulator = simulate()
    client = client_of(simulator)
    control.add_fault(simulator, fault, times=1, match={"operation": "chat-completions"})
    with pytest.raises(error):
        client.chat.completions.create(model=MODEL, messages=HELLO)
    assert client.chat.completions.create(model=MODEL, messages=PONG).choices[0].message.content == "pong"


def test_a_key_and_a_first_token_of_ones_own(simulate):
    client = client_of(simulate("--bearer-key", "other", "--time-to-first-token", "400ms"), key="other")
    start = time.monotonic()
    stream = client.chat.completions.create(model=MODEL, messages=PONG, stream=True)
    assert next(iter(stream)).choices[0].delta.role == "assistant"
    assert "pong" in "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert time.monotonic() - start >= 0.4


def test_an_error_in_the_middle_of_a_stream(simulate):
    simulator = simulate()
    control.add_fault(simulator, "stream-internal-error", times=1)
    chunks = []
    with pytest.raises(openai.APIError):
        for chunk in client_of(simulator).chat.completions.create(model=MODEL, messages=HELLO, stream=True):
            chunks.append(chunk)
    assert len(chunks) == 3
