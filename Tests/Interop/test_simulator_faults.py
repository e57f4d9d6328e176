"""boto3 meets the faults of the simulator, and the counts tell of them."""

import pytest
from botocore.eventstream import ChecksumMismatch, InvalidPayloadLength
from botocore.exceptions import ClientError, EventStreamError, HTTPClientError
from urllib3.exceptions import ProtocolError

from support import aws, control

NOVA = "amazon.nova-micro-v1:0"
HELLO = {"modelId": NOVA, "messages": [{"role": "user", "content": [{"text": "Hello"}]}]}


@pytest.fixture
def client(own_simulator):
    control.ask(own_simulator, "DELETE", "faults")
    return aws.client("bedrock-runtime", own_simulator)


@pytest.mark.parametrize(
    "fault, code, status",
    [
        ("throttle", "ThrottlingException", 429),
        ("bare-429", "429", 429),
        ("model-not-ready", "ModelNotReadyException", 429),
        ("model-timeout", "ModelTimeoutException", 408),
        ("model-error", "ModelErrorException", 424),
        ("internal-error", "InternalServerException", 500),
        ("unavailable", "ServiceUnavailableException", 503),
        ("error-type-in-body", "InternalServerException", 500),
        ("empty-error", "500", 500),
        ("html-error", "502", 502),
    ],
)
@pytest.mark.parametrize("operation", ["converse", "converse_stream"])
def test_a_fault_instead_of_an_answer(own_simulator, client, operation, fault, code, status):
    before = control.counts(own_simulator)["faults"].get(fault, 0)
    control.add_fault(own_simulator, fault, times=1, match={"operation": operation.replace("_", "-"), "model": NOVA})
    with pytest.raises(ClientError) as caught:
        getattr(client, operation)(**HELLO)
    response = caught.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert response["Error"]["Code"] == code
    assert control.counts(own_simulator)["faults"][fault] == before + 1
    getattr(client, operation)(**HELLO)


@pytest.mark.parametrize(
    "fault, code",
    [
        ("stream-internal-error", "internalServerException"),
        ("stream-model-error", "modelStreamErrorException"),
        ("stream-validation", "validationException"),
        ("stream-throttle", "throttlingException"),
        ("stream-unavailable", "serviceUnavailableException"),
        ("stream-error-frame", "InternalFailure"),
    ],
)
def test_an_error_in_the_middle_of_a_stream(own_simulator, client, fault, code):
    control.add_fault(own_simulator, fault, times=1, after_events=4)
    events = []
    with pytest.raises(EventStreamError) as caught:
        for event in client.converse_stream(**HELLO)["stream"]:
            events.append(event)
    assert len(events) == 4
    assert code in (caught.value.response["Error"]["Code"], str(caught.value))


@pytest.mark.parametrize(
    "fault, error",
    [
        ("corrupt-crc", ChecksumMismatch),
        ("corrupt-prelude", ChecksumMismatch),
        ("oversized-frame", InvalidPayloadLength),
        ("cut-mid-stream", ProtocolError),
        ("reset-mid-stream", ProtocolError),
    ],
)
def test_a_broken_stream(own_simulator, client, fault, error):
    control.add_fault(own_simulator, fault, times=1)
    with pytest.raises(error):
        list(client.converse_stream(**HELLO)["stream"])
    assert client.converse(**HELLO)["stopReason"] == "end_turn"


def test_a_reset_before_the_head(own_simulator, client):
    control.add_fault(own_simulator, "reset-before-head", times=1)
    with pytest.raises(HTTPClientError):
        client.converse(**HELLO)


def test_an_unknown_event_is_stepped_over(own_simulator, client):
    control.add_fault(own_simulator, "unknown-event", times=1)
    events = list(client.converse_stream(**HELLO)["stream"])
    assert "metadata" in events[-1]


def test_faults_from_a_file(simulate, tmp_path):
    path = tmp_path / "faults.json"
    path.write_text('[{"fault": "unavailable", "times": 1}]')
    client = aws.client("bedrock-runtime", simulate("--faults", path))
    with pytest.raises(ClientError, match="ServiceUnavailableException"):
        client.converse(**HELLO)
    assert client.converse(**HELLO)["stopReason"] == "end_turn"


def test_the_requests_are_kept(own_simulator, client):
    control.ask(own_simulator, "DELETE", "requests")
    client.converse(**HELLO, requestMetadata={"who": "me"})
    (kept,) = control.ask(own_simulator, "GET", "requests")["requests"]
    assert kept["body"]["messages"] == HELLO["messages"]
    assert kept["headers"]["authorization"] == "AWS4-HMAC-SHA256 <redacted>"
