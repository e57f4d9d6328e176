"""The catalog beside a listing: boto3 and botctl read the same control plane, and agree on what it lists."""

import json

import boto3
import pytest
from botocore.config import Config

from support import program
from support.project import Project

KEYS = {"AWS_ACCESS_KEY_ID": "simulator", "AWS_SECRET_ACCESS_KEY": "simulator", "AWS_EC2_METADATA_DISABLED": "true"}
REGION = "us-east-1"

# In no catalog; a simulator that is started beside this file lists it.
ROCKET = """
id: acme.rocket-9-v1:0
display_name: Rocket 9
input_modalities: [text, image]
output_modalities: [text]
capabilities: {streaming: true}
inference_profiles:
  - {id: us.acme.rocket-9-v1:0, source_regions: [us-east-1, us-west-2], routes_to: [us-east-1, us-west-2]}
"""


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path / "project")
    project.bot("micro", "model: amazon.nova-micro-v1:0\n")
    return project


@pytest.fixture
def simulator(tmp_path):
    """A simulator that knows a model more than the binary."""
    listing = Project(tmp_path / "listing")
    listing.bot("rocket", "model: acme.rocket-9-v1:0\n")
    (listing.root / "catalog.d").mkdir()
    (listing.root / "catalog.d" / "rocket.yaml").write_text(ROCKET)
    service = program.Service("simulate", directory=listing.root)
    yield service
    service.stop()


def sync(project, simulator, *arguments):
    variables = {**KEYS, "AWS_ENDPOINT_URL_BEDROCK": simulator.url}
    return project.run("catalog", "sync", "--live", "--region", REGION, *arguments, **variables)


def test_botctl_lists_what_boto3_lists(project, simulator):
    client = boto3.client(
        "bedrock", region_name=REGION, endpoint_url=simulator.url, aws_access_key_id="simulator",
        aws_secret_access_key="simulator", config=Config(retries={"max_attempts": 1}),
    )
    listed = {model["modelId"] for model in client.list_foundation_models()["modelSummaries"]}
    report = sync(project, simulator, "-o", "json").expect(0).json()
    assert report["listed"] == len(listed)
    assert [model["id"] for model in report["new"]] == ["acme.rocket-9-v1:0"]
    assert report["changed"] == [] and report["retired"] == []
    bots = {model["id"] for model in report["without_bot"]}
    assert bots < listed and "acme.rocket-9-v1:0" in bots and "amazon.nova-micro-v1:0" not in bots


def test_a_new_model_is_written_and_becomes_a_bot(project, simulator):
    sync(project, simulator, "--detailed-exitcode").expect(2)
    assert not (project.root / "catalog.d").exists()
    report = sync(project, simulator, "--write", "-o", "json").expect(0).json()
    assert report["written"] and [file["path"] for file in report["files"]] == ["catalog.d/listed.yaml"]
    project.run("validate").expect(0)
    facts = project.run("catalog", "show", "acme.rocket-9-v1:0", "-o", "json").expect(0).stdout
    assert "us.acme.rocket-9-v1:0" in json.dumps(json.loads(facts))
    project.run("onboard", "acme.rocket-9-v1:0").expect(0)
    sync(project, simulator, "--detailed-exitcode").expect(0)


def test_a_value_of_ones_own_wins(project, simulator):
    (project.root / "catalog.d").mkdir()
    mine = project.root / "catalog.d" / "mine.yaml"
    mine.write_text("# By hand.\nid: acme.rocket-9-v1:0\ninput_modalities: [text]  # no pictures\n")
    sync(project, simulator, "--write").expect(0)
    assert "input_modalities: [text]  # no pictures\n" in mine.read_text()
    assert mine.read_text().startswith("# By hand.\nid: acme.rocket-9-v1:0\n")
    assert "inference_profiles: [{id: us.acme.rocket-9-v1:0" in mine.read_text()
    sync(project, simulator, "--detailed-exitcode").expect(0)


def test_the_local_environment_needs_no_aws(project):
    outcome = project.run("catalog", "sync", "--detailed-exitcode", AWS_ENDPOINT_URL_BEDROCK="http://127.0.0.1:9").expect(0)
    assert "the simulator lists the catalog of this binary" in outcome.stderr


@pytest.mark.parametrize(
    "variables, words",
    [
        ({"AWS_EC2_METADATA_DISABLED": "true"}, "AWS_ACCESS_KEY_ID"),
        ({**KEYS, "AWS_ENDPOINT_URL_BEDROCK": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}, "could not be asked"),
    ],
)
def test_what_cannot_be_asked_is_an_error(project, variables, words):
    outcome = project.run("catalog", "sync", "--live", **variables).expect(1)
    assert words in outcome.stderr


def test_other_keys_are_refused(project, simulator):
    variables = {**KEYS, "AWS_SECRET_ACCESS_KEY": "other", "AWS_ENDPOINT_URL_BEDROCK": simulator.url}
    outcome = project.run("catalog", "sync", "--live", **variables).expect(1)
    assert "us-east-1 could not be asked: ListFoundationModels" in outcome.stderr
