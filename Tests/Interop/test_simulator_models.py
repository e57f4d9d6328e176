"""boto3 reads InvokeModel, jobs, the object store and the control plane of the simulator; Pillow its images."""

import base64
import io
import json
import shutil
import socket
import struct
import subprocess
import types
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from support import aws

NOVA = "amazon.nova-micro-v1:0"
CLAUDE = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
CORE = "stability.stable-image-core-v1:1"


@pytest.fixture
def client(simulator):
    return aws.client("bedrock-runtime", simulator, region="us-west-2")


@pytest.fixture
def store(simulator):
    return aws.client("s3", simulator, region="us-west-2")


def invoke(client, model, body):
    return json.load(client.invoke_model(modelId=model, body=json.dumps(body))["body"])


def anthropic(prompt, **members):
    return {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 2000,
        "messages": [{"role": "user", "content": prompt}],
        **members,
    }


def test_invoke_model(client):
    answer = invoke(client, CLAUDE, anthropic("Reply with the single word pong"))
    assert answer["content"] == [{"type": "text", "text": "pong"}]
    assert answer["usage"]["output_tokens"] == 1
    with pytest.raises(ClientError, match="max_tokens: Field required"):
        invoke(client, CLAUDE, {"anthropic_version": "bedrock-2023-05-31", "messages": []})


def test_invoke_model_with_response_stream(client):
    tools = [{"name": "look", "input_schema": {"type": "object"}}]
    body = json.dumps(anthropic('Call the tool look with {"at": "it"}', tools=tools))
    response = client.invoke_model_with_response_stream(modelId=CLAUDE, body=body)
    events = [json.loads(event["chunk"]["bytes"]) for event in response["body"]]
    assert [events[0]["type"], events[-1]["type"]] == ["message_start", "message_stop"]
    fragments = [event["delta"].get("partial_json", "") for event in events if event["type"] == "content_block_delta"]
    assert json.loads("".join(fragments)) == {"at": "it"}
    assert events[-2]["delta"]["stop_reason"] == "tool_use"


def test_count_tokens(simulator):
    client = aws.client("bedrock-runtime", simulator)
    conversation = {"messages": [{"role": "user", "content": [{"text": "Hello there"}]}]}
    counted = client.count_tokens(modelId=CLAUDE.removeprefix("us."), input={"converse": conversation})
    used = client.converse(modelId=CLAUDE, **conversation)["usage"]
    assert counted["inputTokens"] == used["inputTokens"]


def picture(text):
    image = Image.open(io.BytesIO(base64.b64decode(text)))
    image.load()
    return image


@pytest.mark.parametrize("form", ["png", "jpeg"])
@pytest.mark.parametrize("ratio, size", [("1:1", (1024, 1024)), ("9:21", (640, 1536))])
def test_images(client, form, ratio, size):
    body = {"prompt": "A boat", "aspect_ratio": ratio, "output_format": form, "seed": 7}
    answer = invoke(client, CORE, body)
    assert (answer["finish_reasons"], answer["seeds"]) == ([None], [7])
    image = picture(answer["images"][0])
    assert (image.format, image.size) == (form.upper(), size)
    assert len(image.convert("RGB").getcolors(4096) or []) > 8, "more than one colour"
    assert invoke(client, CORE, body) == answer
    assert invoke(client, CORE, {**body, "seed": 8})["images"] != answer["images"]


def test_edited_images(client):
    source = io.BytesIO()
    Image.new("RGB", (200, 100), "red").save(source, "JPEG")
    text = base64.b64encode(source.getvalue()).decode()
    cut = invoke(client, "us.stability.stable-image-remove-background-v1:0", {"image": text})
    image = picture(cut["images"][0])
    assert (image.mode, image.size) == ("RGBA", (200, 100))
    assert image.getpixel((0, 0))[3] == 255 and image.getpixel((199, 0))[3] == 0
    large = invoke(client, "us.stability.stable-fast-upscale-v1:0", {"image": text, "output_format": "jpeg"})
    assert picture(large["images"][0]).size == (800, 400)
    with pytest.raises(ClientError, match="not a valid image"):
        invoke(client, "us.stability.stable-fast-upscale-v1:0", {"image": "aGVsbG8="})


def test_a_filtered_image_is_no_error(client):
    answer = invoke(client, CORE, {"prompt": "Trigger the content filter"})
    assert answer["finish_reasons"] == ["Filter reason: prompt"]


def boxes(data, start=0, end=None):
    """The boxes of an MP4 file: (type, start of the body, end)."""
    end = len(data) if end is None else end
    while start < end:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        assert 8 <= size <= end - start
        yield kind.decode(), start + 8, start + size
        start += size


def test_a_film(client, store, tmp_path):
    arn = client.start_async_invoke(
        modelId="luma.ray-v2:0",
        modelInput={"prompt": "A boat", "duration": "5s", "resolution": "540p", "aspect_ratio": "16:9"},
        outputDataConfig={"s3OutputDataConfig": {"s3Uri": "s3://films/out"}},
    )["invocationArn"]
    first = client.get_async_invoke(invocationArn=arn)
    assert first["status"] == "InProgress"
    done = client.get_async_invoke(invocationArn=arn)
    assert done["status"] == "Completed"
    assert done["endTime"] >= done["submitTime"]
    assert arn in [job["invocationArn"] for job in client.list_async_invokes()["asyncInvokeSummaries"]]
    prefix = f"out/{arn.rpartition('/')[2]}/"
    keys = [entry["Key"] for entry in store.list_objects_v2(Bucket="films", Prefix=prefix)["Contents"]]
    assert keys == [f"{prefix}output.mp4"]
    film = store.get_object(Bucket="films", Key=keys[0])["Body"].read()
    top = {kind: (start, end) for kind, start, end in boxes(film)}
    assert list(top) == ["ftyp", "moov", "mdat"]
    movie = {kind: (start, end) for kind, start, end in boxes(film, *top["moov"])}
    scale, duration = struct.unpack(">II", film[movie["mvhd"][0] + 12 : movie["mvhd"][0] + 20])
    assert duration / scale == 5
    first_picture = Image.open(io.BytesIO(film[top["mdat"][0] : top["mdat"][1]]))
    assert first_picture.size == (960, 540)
    if shutil.which("ffprobe"):
        path = tmp_path / "film.mp4"
        path.write_bytes(film)
        probe = subprocess.run(
            ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-count_frames", path],
            capture_output=True,
            check=True,
        )
        stream = json.loads(probe.stdout)["streams"][0]
        assert (stream["width"], stream["height"], stream["nb_read_frames"]) == (960, 540, "5")


def test_a_job_that_fails(client):
    arn = client.start_async_invoke(
        modelId="amazon.nova-reel-v1:1",
        modelInput={
            "taskType": "TEXT_VIDEO",
            "textToVideoParams": {"text": "Fail this job"},
            "videoGenerationConfig": {"durationSeconds": 6, "fps": 24, "dimension": "1280x720"},
        },
        outputDataConfig={"s3OutputDataConfig": {"s3Uri": "s3://films"}},
    )["invocationArn"]
    client.get_async_invoke(invocationArn=arn)
    failed = client.get_async_invoke(invocationArn=arn)
    assert failed["status"] == "Failed"
    assert failed["failureMessage"]


def test_a_job_takes_its_time(simulate):
    client = aws.client("bedrock-runtime", simulate("--job-duration", "1h"), region="us-west-2")
    arn = client.start_async_invoke(
        modelId="luma.ray-v2:0",
        modelInput={"prompt": "A boat"},
        outputDataConfig={"s3OutputDataConfig": {"s3Uri": "s3://films"}},
    )["invocationArn"]
    assert {client.get_async_invoke(invocationArn=arn)["status"] for _ in range(3)} == {"InProgress"}


@pytest.mark.parametrize("style", ["path", "virtual"])
def test_the_object_store(simulator, monkeypatch, style):
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more: resolve("127.0.0.1" if "localhost" in str(host) else host, *more)
    )
    local = types.SimpleNamespace(url=simulator.url.replace("127.0.0.1", "localhost"))
    store = aws.client("s3", local, config={"s3": {"addressing_style": style}, "signature_version": "s3v4"})
    key = "a b/ü+c.txt"
    put = store.put_object(Bucket="notes", Key=key, Body=b"0123456789", ContentType="text/plain")
    got = store.get_object(Bucket="notes", Key=key)
    assert (got["Body"].read(), got["ContentType"], got["ETag"]) == (b"0123456789", "text/plain", put["ETag"])
    assert store.get_object(Bucket="notes", Key=key, Range="bytes=-3")["Body"].read() == b"789"
    assert store.head_object(Bucket="notes", Key=key)["ContentLength"] == 10
    with pytest.raises(ClientError, match="PreconditionFailed"):
        store.put_object(Bucket="notes", Key=key, Body=b"", IfNoneMatch="*")
    store.put_object(Bucket="notes", Key=key, Body=b"new", IfMatch=put["ETag"])
    link = store.generate_presigned_url("get_object", Params={"Bucket": "notes", "Key": key}, ExpiresIn=60)
    with urllib.request.urlopen(link, timeout=10) as response:
        assert response.read() == b"new"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(link.replace("Signature=", "Signature=0"), timeout=10)
    listed = store.list_objects_v2(Bucket="notes", Delimiter="/")
    assert [entry["Prefix"] for entry in listed["CommonPrefixes"]] == ["a b/"]
    store.delete_object(Bucket="notes", Key=key)
    with pytest.raises(ClientError, match="NoSuchKey"):
        store.get_object(Bucket="notes", Key=key)
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        aws.client("s3", simulator, secret="wrong").get_object(Bucket="notes", Key=key)


def test_the_control_plane(simulator):
    control = aws.client("bedrock", simulator)
    models = control.list_foundation_models(byProvider="Amazon")["modelSummaries"]
    assert NOVA in [model["modelId"] for model in models]
    assert {model["providerName"] for model in models} == {"Amazon"}
    assert control.get_foundation_model(modelIdentifier=NOVA)["modelDetails"]["responseStreamingSupported"]
    assert control.get_foundation_model_availability(modelId=NOVA)["regionAvailability"] == "AVAILABLE"
    pages = control.get_paginator("list_inference_profiles").paginate(PaginationConfig={"PageSize": 5})
    profiles = [profile for page in pages for profile in page["inferenceProfileSummaries"]]
    assert f"us.{NOVA}" in [profile["inferenceProfileId"] for profile in profiles]
    one = control.get_inference_profile(inferenceProfileIdentifier=f"us.{NOVA}")
    assert one["models"]
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        control.get_foundation_model(modelIdentifier="acme.rocket")
