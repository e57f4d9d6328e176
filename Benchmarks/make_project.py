"""Makes a project of many bots: python make_project.py FOLDER COUNT

Each bot is a file of eight lines with values of its own, over the template that the repository ships, so that the
project validates without a word.
"""

import shutil
import sys
from pathlib import Path

MODELS = [
    "amazon.nova-micro-v1:0",
    "amazon.nova-pro-v1:0",
    "anthropic.claude-sonnet-5-5",
    "meta.llama3-3-70b-instruct-v1:0",
    "openai.gpt-oss-120b-1:0",
    "qwen.qwen3-32b-v1:0",
    "mistral.mistral-large-3-675b-instruct",
    "deepseek.v3.2",
]

BOT = """\
# Made for a measurement.
model: {model}
aliases: [alias-{number}]
description: Bot number {number} of {count}.
labels: {{team: team-{team}, tier: "{tier}"}}
parameters: {{max_tokens: {tokens}}}
limits: {{max_concurrent: {concurrent}, request_timeout: {seconds}s}}
system_prompt: You are bot {number}, and you answer briefly.
"""


def main(folder, count):
    root = Path(folder)
    shutil.rmtree(root, ignore_errors=True)
    (root / "bots.d").mkdir(parents=True)
    shutil.copytree(Path(__file__).resolve().parents[1] / "templates", root / "templates")
    for number in range(count):
        text = BOT.format(
            number=number,
            count=count,
            model=MODELS[number % len(MODELS)],
            team=number % 17,
            tier=number % 3,
            tokens=1000 + number % 3000,
            concurrent=1 + number % 63,
            seconds=100 + number % 400,
        )
        (root / "bots.d" / f"bot-{number:05}.yaml").write_text(text)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
