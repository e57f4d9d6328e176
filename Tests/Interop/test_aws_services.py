"""The product's clients of S3, STS and Secrets Manager against moto's server, with boto3 as the second witness.

moto checks no signature; the vectors of AWSSigningTests do.
"""

import datetime
import json
import sys
import urllib.request

import boto3
import pytest

from support import poe
from support.moto import MotoServer, Probe

REGION = "eu-west-1"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    server = MotoServer(tmp_path_factory.mktemp("moto"))
    yield server
    server.stop()


@pytest.fixture
def variables(moto):
    moto.reset()
    return KEYS | {"AWS_ENDPOINT_URL": moto.url, "AWS_REGION": REGION}


@pytest.fixture
def start_probe(services):
    def start(**variables):
        probe = Probe(**variables)
        services.callback(probe.stop)
        return probe

    return start


@pytest.fixture
def probe(start_probe, variables):
    return start_probe(**variables)


@pytest.fixture
def client(moto, variables):
    def make(service):
        return boto3.client(
            service, endpoint_url=moto.url, region_name=REGION, aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"])

    return make


@pytest.fixture
def bucket(client):
    client("s3").create_bucket(Bucket="bots-state", CreateBucketConfiguration={"LocationConstraint": REGION})
    return "s3://bots-state/"


# S3


@pytest.mark.parametrize("key", ["plain", "a b/c+d~é/100%/x=y&z", "manifest/../history", "./x//y", "ünï/🙂", "a?b#c"])
def test_objects_are_written_and_read_under_any_key(probe, client, bucket, key):
    etag = probe.ok("put", url=bucket + key, content="über")
    assert client("s3").get_object(Bucket="bots-state", Key=key)["Body"].read().decode() == "über"
    assert probe.ok("get", url=bucket + key) == {"content": "über", "etag": etag, "type": "text/plain"}
    assert probe.ok("get", url=bucket + key, unless=etag) == "unchanged"
    assert probe.ok("head", url=bucket + key) == {"size": 5, "etag": etag}
    assert probe.ok("delete", url=bucket + key) is True
    assert probe.ok("head", url=bucket + key) is None
    assert probe.ok("delete", url=bucket + key) is True


def test_missing_things_are_named(probe, bucket):
    error = probe.error("get", url=bucket + "none")
    assert (error["status"], error["code"]) == (404, "NoSuchKey")
    error = probe.error("get", url="s3://no-such-bucket/none")
    assert (error["status"], error["code"]) == (404, "NoSuchBucket")


def test_conditional_writes_have_one_winner(probe, bucket):
    url = bucket + "manifest"
    first = probe.ok("put", url=url, content="1", absent=True)
    error = probe.error("put", url=url, content="2", absent=True)
    assert (error["status"], error["code"]) == (412, "PreconditionFailed")
    second = probe.ok("put", url=url, content="2", matches=first)
    assert second != first
    error = probe.error("put", url=url, content="3", matches=first)
    assert (error["status"], error["code"]) == (412, "PreconditionFailed")
    assert probe.ok("get", url=url)["content"] == "2"


def test_listings_go_on_over_pages(probe, client, bucket):
    s3 = client("s3")
    for number in range(45):
        s3.put_object(Bucket="bots-state", Key=f"out/{number:04} &<é", Body=b"x")
    s3.put_object(Bucket="bots-state", Key="other", Body=b"xyz")
    listed = probe.ok("list", url=bucket + "out/")
    assert [entry["key"] for entry in listed] == [f"out/{number:04} &<é" for number in range(45)]
    assert {entry["size"] for entry in listed} == {1}
    assert len(probe.ok("list", url=bucket + "out/", limit=7)) == 7
    assert len(probe.ok("list", url=bucket)) == 46
    assert probe.ok("list", url=bucket + "none/") == []


def test_an_object_over_the_limit_is_refused(probe, bucket):
    probe.ok("put", url=bucket + "large", content="x" * 1001)
    assert "too large" in probe.error("get", url=bucket + "large", limit=1000)["message"]
    assert len(probe.ok("get", url=bucket + "large", limit=1001)["content"]) == 1001


def test_a_presigned_url_needs_no_credentials(probe, bucket):
    probe.ok("put", url=bucket + "a b.mp4", content="video")
    url = probe.ok("presign", url=bucket + "a b.mp4", type="video/mp4")
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.read() == b"video"
        assert answer.headers["Content-Type"] == "video/mp4"


# STS


def test_the_caller_is_told(probe, client):
    identity = client("sts").get_caller_identity()
    assert probe.ok("caller") == {"account": identity["Account"], "arn": identity["Arn"]}


def test_a_role_is_assumed(probe):
    role = "arn:aws:iam::123456789012:role/bots"
    answer = probe.ok("assume", role=role, session="a session/with blanks")
    assert answer["access_key_id"].startswith("ASIA")
    assert answer["account"] == "123456789012"
    left = answer["seconds"] - datetime.datetime.now(datetime.timezone.utc).timestamp()
    assert 800 < left <= 901
    identity = probe.ok("caller", role=role, external_id="agreed")
    assert identity["arn"].startswith("arn:aws:sts::123456789012:assumed-role/bots/")


def test_a_web_identity_opens_a_role(probe):
    answer = probe.ok("web-identity", role="arn:aws:iam::123456789012:role/pod", token="FAKE.JWT.TOKEN")
    assert answer["access_key_id"].startswith("ASIA")


def test_profiles_lead_to_a_role(moto, start_probe, tmp_path):
    config = tmp_path / "config"
    config.write_text(
        f"""
        [profile base]
        credential_process = {sys.executable} "{tmp_path / 'give keys.py'}"
        [profile bots]
        role_arn = arn:aws:iam::123456789012:role/bots
        source_profile = base
        region = {REGION}
        services = local
        [services local]
        sts =
          endpoint_url = {moto.url}
        """.replace("\n        ", "\n"))
    (tmp_path / "give keys.py").write_text(
        "import json; print(json.dumps({'Version': 1, 'AccessKeyId': 'AKIAPROCESS', 'SecretAccessKey': 's'}))")
    probe = start_probe(AWS_CONFIG_FILE=str(config), AWS_PROFILE="bots")
    answer = probe.ok("credentials")
    assert answer["access_key_id"].startswith("ASIA")
    assert answer["expiration"] is not None
    base = start_probe(AWS_CONFIG_FILE=str(config), AWS_PROFILE="base").ok("credentials")
    assert base["access_key_id"] == "AKIAPROCESS"


def test_no_credentials_say_what_was_tried(start_probe):
    error = start_probe().error("credentials")
    assert "no AWS credentials" in error["message"]
    assert "the environment" in error["message"]


# Secrets Manager


def test_secrets_are_read(probe, client):
    secrets = client("secretsmanager")
    arn = secrets.create_secret(Name="prod/bots", SecretString=json.dumps({"poe": "k" * 32, "number": 1}))["ARN"]
    secrets.create_secret(Name="binary", SecretBinary=b"\x00\xff key")
    assert json.loads(probe.ok("secret", id="prod/bots"))["poe"] == "k" * 32
    assert probe.ok("secret", id="prod/bots", key="poe") == "k" * 32
    assert probe.ok("secret", id=arn, key="poe") == "k" * 32
    assert probe.ok("secret", id="prod/bots", key="none") is None
    assert probe.ok("secret", id="prod/bots", key="number") is None
    assert probe.ok("secret", id="binary").endswith(" key")
    error = probe.error("secret", id="none")
    assert error["code"] == "ResourceNotFoundException"


def test_a_gateway_takes_its_keys_from_secrets_manager(project, serve, client, variables):
    secrets = client("secretsmanager")
    secrets.create_secret(Name="poe/echo", SecretString=json.dumps({"access_key": "s" * 32}))
    bot = """
        model: amazon.nova-micro-v1:0
        description: %s
        poe: {access_key: "${secretsmanager:poe/{name}#access_key}"}
        smoke: [{name: pong, prompt: Reply with the single word pong, expect: {contains: pong}}]
        """.replace("\n        ", "\n")
    project.bot("echo", bot % "first")
    gateway = serve(project, settings={"upstream": "simulator"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    poe.ask(gateway.url, "echo", key="s" * 32).assert_complete()
    assert poe.post(gateway.url, "echo", poe.query("hi"), key="x" * 32).status_code == 401

    # Without the secret nothing is deployed, and what is served goes on.
    secrets.delete_secret(SecretId="poe/echo", ForceDeleteWithoutRecovery=True)
    project.bot("echo", bot % "second")
    outcome = project.run("deploy", "--yes", **variables)
    assert outcome.status != 0
    assert "secretsmanager:poe/echo#access_key" in outcome.stderr
    poe.ask(gateway.url, "echo", key="s" * 32).assert_complete()
