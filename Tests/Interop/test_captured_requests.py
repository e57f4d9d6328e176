"""Every request that the shipped bots send to AWS, held against botocore: its models of the services, and its signer."""

import base64
import json
import re
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

import botocore.session
import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator

from support import poe, program
from support.project import Project
from support.recorder import Recorder

CREDENTIALS = Credentials("simulator", "simulator")
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=simulator/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request, "
    r"SignedHeaders=(?P<names>[^,]+), Signature=(?P<signature>[0-9a-f]{64})$"
)


@pytest.fixture(scope="module")
def captured(session_services, tmp_path_factory):
    """What was sent while all bots were deployed, smoked as candidates and live, and one was given a picture."""
    directory = tmp_path_factory.mktemp("captured")
    simulator = program.Service("simulate", directory=directory)
    session_services.callback(simulator.stop)
    recorder = Recorder(simulator.url)
    session_services.callback(recorder.stop)
    project = Project.of_shipped_bots(directory / "project")
    variables = {
        "AWS_ENDPOINT_URL": recorder.url,
        "AWS_ACCESS_KEY_ID": "simulator",
        "AWS_SECRET_ACCESS_KEY": "simulator",
    }
    project.settings(upstream="aws")
    gateway = program.Service("serve", directory=project.root, **variables)
    session_services.callback(gateway.stop)
    project.settings(upstream="aws", gateway={"url": gateway.url})
    project.run("deploy", "--yes", **variables).expect(0)
    picture = base64.b64encode((program.REPOSITORY / "smoke" / "picture.png").read_bytes()).decode()
    attachment = {"url": f"data:image/png;base64,{picture}", "content_type": "image/png", "name": "lighthouse.png"}
    message = {"role": "user", "content": "What is it?", "attachments": [attachment]}
    for bot in ["claude-sonnet", "nova-pro", "stable-diffusion-3.5"]:
        poe.Answer.of(poe.post(gateway.url, bot, poe.query("", query=[message])).text).assert_complete()
    return recorder.requests


@pytest.fixture(scope="module")
def models():
    session = botocore.session.get_session()
    return {"bedrock": session.get_service_model("bedrock-runtime"), "s3": session.get_service_model("s3")}


def scope(request):
    match = AUTHORIZATION.match(request.headers["authorization"])
    assert match, request.headers["authorization"]
    return match


def operation_of(request):
    """The operation that a request is for, and the parameters that say the same to boto3."""
    parts = request.path.removeprefix("/").split("/")
    if parts[0] == "model":
        model, action = unquote(parts[1]), parts[2]
        if action.startswith("converse"):
            name = {"converse": "Converse", "converse-stream": "ConverseStream"}[action]
            return name, {"modelId": model, **json.loads(request.body)}
        return "InvokeModel", {
            "modelId": model,
            "body": request.body,
            "contentType": request.headers["content-type"],
            "accept": request.headers["accept"],
        }
    if request.method == "POST":
        assert parts == ["async-invoke"]
        return "StartAsyncInvoke", json.loads(request.body)
    assert parts[0] == "async-invoke" and len(parts) == 2
    return "GetAsyncInvoke", {"invocationArn": unquote(parts[1])}


def unmarshalled(value, shape):
    """JSON of the wire as boto3 takes it: bytes in place of base64."""
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        assert set(value) <= set(shape.members), (set(value) - set(shape.members), shape.name)
        return {name: unmarshalled(member, shape.members[name]) for name, member in value.items()}
    if shape.type_name == "list":
        return [unmarshalled(member, shape.member) for member in value]
    if shape.type_name == "blob" and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    return value


def test_all_kinds_of_requests_were_sent(captured):
    operations = Counter(operation_of(request)[0] for request in captured if scope(request)["service"] == "bedrock")
    assert set(operations) >= {"ConverseStream", "InvokeModel", "StartAsyncInvoke", "GetAsyncInvoke"}, operations
    assert sum(operations.values()) >= 98
    assert any(scope(request)["service"] == "s3" for request in captured)


def test_the_service_model_of_botocore_takes_every_request(captured, models):
    for request in captured:
        if scope(request)["service"] != "bedrock":
            continue
        name, parameters = operation_of(request)
        operation = models["bedrock"].operation_model(name)
        parameters = unmarshalled(parameters, operation.input_shape)
        report = ParamValidator().validate(parameters, operation.input_shape)
        assert not report.has_errors(), (request.path, report.generate_report())

        # The same parameters, put together by botocore, are the same request.
        theirs = create_serializer("rest-json").serialize_to_request(parameters, operation)
        assert request.method == theirs["method"]
        assert request.path == theirs["url_path"], name
        if name == "InvokeModel":
            assert request.body == theirs["body"]
            assert request.headers["content-type"] == theirs["headers"]["Content-Type"]
            assert request.headers["accept"] == theirs["headers"]["Accept"]
        elif theirs["body"]:
            assert json.loads(request.body) == json.loads(theirs["body"])
        else:
            assert not request.body


def test_botocore_signs_every_request_in_the_same_way(captured):
    for request in captured:
        match = scope(request)
        signer = {"s3": S3SigV4Auth, "bedrock": SigV4Auth}[match["service"]]
        auth = signer(CREDENTIALS, match["service"], match["region"])
        names = match["names"].split(";")
        assert {"host", "x-amz-date"} <= set(names)
        again = AWSRequest(
            method=request.method,
            url=f"http://{request.headers['host']}{request.target}",
            headers={name: request.headers[name] for name in names},
            data=request.body,
        )
        again.context["timestamp"] = request.headers["x-amz-date"]
        text = auth.string_to_sign(again, auth.canonical_request(again))
        assert auth.signature(text, again) == match["signature"], request.path


def test_requests_to_the_bucket_are_what_the_service_takes(captured):
    seen = set()
    for request in captured:
        if scope(request)["service"] != "s3":
            continue
        assert request.method == "GET" and not request.body
        query = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
        if "list-type" in query:
            assert request.path.rstrip("/") == "/botctl-videos" and query["prefix"].startswith("luma-ray/")
            seen.add("list")
        else:
            assert re.fullmatch(r"/botctl-videos/luma-ray/[^/]+/output\.mp4", request.path), request.path
            seen.add("get")
    assert seen == {"list", "get"}
