"""The control endpoint of a simulator."""

import json
import urllib.request


def ask(simulator, method, name, body=None):
    """What the endpoint answers."""
    request = urllib.request.Request(
        f"{simulator.url}/simulator/v1/{name}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def add_fault(simulator, fault, **members):
    return ask(simulator, "POST", "faults", {"fault": fault, **members})


def counts(simulator):
    return ask(simulator, "GET", "counts")
