"""boto3 meets what belongs to an account: quotas, guardrails, its own inference profiles and large objects."""

import hashlib
import io

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

from support import aws, control

NOVA = "amazon.nova-micro-v1:0"
CLAUDE = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
HELLO = [{"role": "user", "content": [{"text": "Hello"}]}]
MEBIBYTE = 1 << 20


def said(prompt):
    return [{"role": "user", "content": [{"text": prompt}]}]


@pytest.fixture
def client(own_simulator):
    control.ask(own_simulator, "DELETE", "quotas")
    return aws.client("bedrock-runtime", own_simulator)


@pytest.mark.parametrize(
    "quota, words",
    [
        ({"requests_per_minute": 1}, "Too many requests, please wait"),
        ({"tokens_per_minute": 10}, "Too many tokens, please wait"),
        ({"tokens_per_day": 10}, "Too many tokens per day, please wait"),
    ],
)
def test_a_quota_throttles(own_simulator, client, quota, words):
    control.ask(own_simulator, "POST", "quotas", {"model": NOVA, **quota})
    with pytest.raises(ClientError) as caught:
        for _ in range(2):
            client.converse(modelId=NOVA, messages=HELLO)
    assert caught.value.response["Error"]["Code"] == "ThrottlingException"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert words in str(caught.value)
    assert sum(control.ask(own_simulator, "GET", "quotas")["throttled"].values()) >= 1
    client.converse(modelId=CLAUDE, messages=HELLO)


def test_quotas_of_a_file(simulate, tmp_path):
    (tmp_path / "quotas.json").write_text('[{"requests_per_minute": 1}]')
    client = aws.client("bedrock-runtime", simulate("--quotas", tmp_path / "quotas.json"))
    client.converse(modelId=NOVA, messages=HELLO)
    with pytest.raises(ClientError, match="Too many requests"):
        client.converse_stream(modelId=NOVA, messages=HELLO)


def test_a_guardrail_is_applied(client):
    def apply(*texts):
        return client.apply_guardrail(
            guardrailIdentifier="gr1",
            guardrailVersion="DRAFT",
            source="INPUT",
            content=[{"text": {"text": text}} for text in texts],
            outputScope="FULL",
        )

    assert apply("Hello")["action"] == "NONE"
    blocked = apply("Break the topic policy")
    assert blocked["action"] == "GUARDRAIL_INTERVENED"
    assert blocked["assessments"][0]["topicPolicy"]["topics"][0]["action"] == "BLOCKED"
    masked = apply("Write to ann@example.org", "or not")
    assert [output["text"] for output in masked["outputs"]] == ["Write to {EMAIL}", "or not"]
    assert masked["assessments"][0]["sensitiveInformationPolicy"]["piiEntities"][0]["type"] == "EMAIL"
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.apply_guardrail(
            guardrailIdentifier="missing1", guardrailVersion="1", source="OUTPUT", content=[{"text": {"text": "x"}}]
        )


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_guardrail_watches_a_stream(client, mode):
    guardrail = {
        "guardrailIdentifier": "gr1",
        "guardrailVersion": "1",
        "trace": "enabled_full",
        "streamProcessingMode": mode,
    }
    events = list(
        client.converse_stream(
            modelId=NOVA, messages=said("Break a policy in the answer"), guardrailConfig=guardrail
        )["stream"]
    )
    text = "".join(event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event)
    assert ("cannot answer" in text) == (mode == "sync")
    assert events[-2]["messageStop"]["stopReason"] == "guardrail_intervened"
    trace = events[-1]["metadata"]["trace"]["guardrail"]
    assert trace["inputAssessment"]["gr1"]["topicPolicy"]["topics"][0]["action"] == "NONE"
    assert trace["outputAssessments"]["gr1"][0]["topicPolicy"]["topics"][0]["action"] == "BLOCKED"
    assert trace["outputAssessments"]["gr1"][0]["appliedGuardrailDetails"]["guardrailId"] == "gr1"


def test_an_inference_profile_of_the_account(own_simulator, client):
    control_plane = aws.client("bedrock", own_simulator)
    arn = control_plane.create_inference_profile(
        inferenceProfileName="team a", modelSource={"copyFrom": f"arn:aws:bedrock:us-east-1::foundation-model/{NOVA}"}
    )["inferenceProfileArn"]
    told = control_plane.get_inference_profile(inferenceProfileIdentifier=arn)
    assert told["type"] == "APPLICATION"
    assert [model["modelArn"].rpartition("/")[2] for model in told["models"]] == [NOVA]
    listed = control_plane.list_inference_profiles(typeEquals="APPLICATION")["inferenceProfileSummaries"]
    assert arn in [profile["inferenceProfileArn"] for profile in listed]
    answer = client.converse(modelId=arn, messages=HELLO)
    assert "Nova Micro" in answer["output"]["message"]["content"][0]["text"]
    control_plane.delete_inference_profile(inferenceProfileIdentifier=arn)
    with pytest.raises(ClientError, match="identifier is invalid"):
        client.converse(modelId=arn, messages=HELLO)


@pytest.mark.parametrize("size", [20 * MEBIBYTE, 8 * MEBIBYTE + 1])
def test_a_large_object_comes_in_parts(own_simulator, size):
    store = aws.client("s3", own_simulator)
    body = hashlib.sha256(b"seed").digest() * (size // 32) + b"x" * (size % 32)
    transfer = TransferConfig(multipart_threshold=8 * MEBIBYTE, multipart_chunksize=8 * MEBIBYTE, max_concurrency=3)
    store.upload_fileobj(io.BytesIO(body), "films", "large.mp4", Config=transfer, ExtraArgs={"ContentType": "video/mp4"})
    head = store.head_object(Bucket="films", Key="large.mp4")
    assert (head["ContentLength"], head["ContentType"]) == (size, "video/mp4")
    assert head["ETag"].strip('"').endswith(f"-{-(-size // (8 * MEBIBYTE))}")
    read = io.BytesIO()
    store.download_fileobj("films", "large.mp4", read, Config=transfer)
    assert hashlib.sha256(read.getvalue()).digest() == hashlib.sha256(body).digest()


def test_an_upload_that_is_given_up(own_simulator):
    store = aws.client("s3", own_simulator)
    names = {"Bucket": "films", "Key": "half.mp4"}
    upload = store.create_multipart_upload(**names)["UploadId"]
    part = store.upload_part(**names, UploadId=upload, PartNumber=1, Body=b"small")
    assert [entry["UploadId"] for entry in store.list_multipart_uploads(Bucket="films")["Uploads"]] == [upload]
    assert store.list_parts(**names, UploadId=upload)["Parts"][0]["ETag"] == part["ETag"]
    store.abort_multipart_upload(**names, UploadId=upload)
    with pytest.raises(store.exceptions.NoSuchUpload):
        store.complete_multipart_upload(
            **names, UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        )
