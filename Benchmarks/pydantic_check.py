"""The checks of `botctl validate` that a careful Python program would make: python pydantic_check.py PROJECT

PyYAML's C loader and pydantic: types, ranges, choices, unknown keys, names, secret references, the merge over the
template. It leaves out what is dear in ours: positions, provenance, rules over the catalog, stored forms and digests.
"""

import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

DURATION = re.compile(r"(\d+)(ms|s|m|h)")
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
REFERENCE = re.compile(r"\$\{(env|file|secretsmanager):[^}]*(?:\{(?:name|NAME|environment)\}[^}]*)*\}")


def milliseconds(low, high):
    def parse(value):
        match = DURATION.fullmatch(value) if isinstance(value, str) else None
        if not match or not low <= (length := int(match[1]) * UNITS[match[2]]) <= high:
            raise ValueError("no length of time within the bounds")
        return length

    return Annotated[int, BeforeValidator(parse)]


def reference(value):
    if not REFERENCE.fullmatch(value):
        raise ValueError("no reference to a secret")
    return value


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,62}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{4,39}$")]
Secret = Annotated[str, AfterValidator(reference)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Model(Strict):
    provider: Literal["bedrock"] = "bedrock"
    id: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    region: Region = "us-east-1"
    profile: str = "auto"
    pinned: bool = False


class Parameters(Strict):
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    stop_sequences: Annotated[list[str], Field(max_length=64)] = []
    additional: dict[str, Any] = {}


class Limits(Strict):
    max_concurrent: Annotated[int, Field(ge=1, le=100_000)] = 64
    requests_per_minute: Annotated[int, Field(ge=1, le=10_000_000)] = 600
    first_token_timeout: milliseconds(100, 3_600_000) = 120_000
    idle_timeout: milliseconds(100, 3_600_000) = 120_000
    request_timeout: milliseconds(1000, 3_600_000) = 590_000
    max_input_tokens: Annotated[int, Field(ge=1)] | None = None


class Poe(Strict):
    handle: str | None = None
    access_key: list[Secret] = []
    introduction_message: str | None = None
    allow_attachments: bool = True
    rate_card: str | None = None
    cost_label: str | None = None


class Expectation(Strict):
    contains: str | None = None
    first_event_within: milliseconds(1, 3_600_000) | None = None


class SmokeCase(Strict):
    name: str
    prompt: str
    expect: Expectation = Expectation()


class Bot(Strict):
    name: Name
    aliases: Annotated[list[Name], Field(max_length=32)] = []
    kind: Literal["chat"] = "chat"
    template: str | None = None
    enabled: bool = True
    description: Annotated[str, StringConstraints(max_length=4096)] | None = None
    labels: Annotated[dict[str, Annotated[str, StringConstraints(max_length=256)]], Field(max_length=64)] = {}
    model: Annotated[Model, BeforeValidator(lambda value: {"id": value} if isinstance(value, str) else value)]
    parameters: Parameters = Parameters()
    system_prompt: Annotated[str, StringConstraints(max_length=262_144)] | None = None
    supports_system_messages: bool | None = None
    enable_image_comprehension: bool | None = None
    expand_text_attachments: bool = True
    poe: Poe = Poe()
    limits: Limits = Limits()
    smoke: Annotated[list[SmokeCase], Field(max_length=64)] = []


def load(path):
    with path.open("rb") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader) or {}


def merged(weak, strong):
    if not (isinstance(weak, dict) and isinstance(strong, dict)):
        return strong
    result = dict(weak)
    for key, value in strong.items():
        result[key] = merged(result[key], value) if key in result else value
    return result


def main(project):
    root = Path(project)
    template = load(root / "templates" / "DEFAULT_CHAT_CONFIG.yaml")
    names = set()
    problems = 0
    for path in sorted((root / "bots.d").glob("*.yaml")):
        try:
            bot = Bot.model_validate({"name": path.stem, **merged(template, load(path))})
            for name in [bot.name, *bot.aliases]:
                if name in names:
                    raise ValueError(f"the name {name} is taken")
                names.add(name)
        except (ValidationError, ValueError, yaml.YAMLError) as error:
            problems += 1
            print(f"{path}: {error}")
    print(f"{problems} problems")
    return 3 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
