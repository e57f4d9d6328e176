"""What the tests share: projects in temporary folders, and services that end with the test that started them."""

import os
import random
from contextlib import ExitStack

import pytest

from support import program, upstream
from support.project import Project


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=10, help="how many deploys are killed")
    parser.addoption("--soak-seconds", type=int, default=10, help="how long deploys run under load")
    parser.addoption("--seed", type=int, default=None, help="repeats the random choices of an earlier run")
    parser.addoption("--endurance", action="store_true", help="also what is too long for continuous integration")


def pytest_configure(config):
    if not program.BOTCTL.is_file():
        pytest.exit(f"no binary at {program.BOTCTL}; build it with 'swift build', or set BOTCTL", returncode=1)
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(1_000_000)


def pytest_report_header(config):
    return f"botctl: {os.path.relpath(program.BOTCTL)}, --seed {config.option.seed}"


def pytest_collection_modifyitems(config, items):
    if not config.option.endurance:
        chosen = [item for item in items if "endurance" not in item.keywords]
        config.hook.pytest_deselected(items=[item for item in items if "endurance" in item.keywords])
        items[:] = chosen


@pytest.fixture
def random_source(request):
    """Random choices that the seed in the report's header repeats."""
    return random.Random(f"{request.config.option.seed} {request.node.name}")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


@pytest.fixture
def services():
    """Ends what a test enters into it, last first."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def session_services():
    with ExitStack() as stack:
        yield stack


def _serve(stack, project, *arguments, **variables):
    gateway = program.Service("serve", *arguments, directory=project.root, **variables)
    stack.callback(gateway.stop)
    return gateway


def _simulate(stack, directory, *arguments):
    simulator = program.Service("simulate", *arguments, directory=directory)
    stack.callback(simulator.stop)
    return simulator


@pytest.fixture
def serve(services):
    """Starts a gateway for a project, which from then on finds it; ends with the test."""

    def serve_project(project, *arguments, settings=None, **variables):
        settings = dict(settings or {})
        if settings:
            project.settings(**settings)
        gateway = _serve(services, project, *arguments, **variables)
        project.settings(gateway={"url": gateway.url}, **settings)
        return gateway

    return serve_project


@pytest.fixture
def simulate(services, tmp_path):
    """Starts a simulator; ends with the test."""
    return lambda *arguments: _simulate(services, tmp_path, *arguments)


@pytest.fixture
def start_upstream(services):
    """Starts a model service of our own making; ends with the test."""

    def start(answer, **options):
        service = upstream.Upstream(answer, **options)
        services.callback(service.stop)
        return service

    return start


@pytest.fixture(scope="session")
def shipped(session_services, tmp_path_factory):
    """The bots that the repository ships, deployed to a running gateway over the embedded simulator."""
    project = Project.of_shipped_bots(tmp_path_factory.mktemp("shipped") / "project")
    gateway = _serve(session_services, project)
    project.settings(gateway={"url": gateway.url})
    project.run("deploy", "--yes").expect(0)
    gateway.project = project
    return gateway


@pytest.fixture(scope="session")
def simulator(session_services, tmp_path_factory):
    return _simulate(session_services, tmp_path_factory.mktemp("simulator"))


@pytest.fixture(scope="module")
def own_simulator(session_services, tmp_path_factory):
    """A simulator whose faults and quotas disturb the tests of one file only."""
    return _simulate(session_services, tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="session")
def paced(session_services, tmp_path_factory):
    """A gateway with the bot `echo`, over a simulator that takes its time."""
    directory = tmp_path_factory.mktemp("paced")
    simulator = _simulate(session_services, directory, "--tokens-per-second", "20")
    project = Project(directory / "project")
    project.echo_bot()
    project.settings(upstream="aws")
    variables = upstream.simulator_credentials(simulator.url)
    gateway = _serve(session_services, project, **variables)
    project.settings(upstream="aws", gateway={"url": gateway.url})
    project.run("deploy", "--yes", **variables).expect(0)
    gateway.project = project
    return gateway
