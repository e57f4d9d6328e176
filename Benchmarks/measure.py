"""Times the commands that `run` prepared, prints the table, and judges the bars.

Every round runs each command once, so that all of them meet the same machine; of each the fastest round counts. What
takes long is left out of the later rounds: the table says how many rounds each row has.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Command:
    """A command line, what it has to end with, and what its runs took."""

    title: str
    arguments: list
    status: int = 0
    seconds_bar: float | None = None
    megabytes_bar: float | None = None
    floor: "Command | None" = None
    floor_bar: float | None = None
    # Fewer rounds than the others; the fastest of few is slower than that of many, so no bar may stand on it.
    rounds: int | None = None
    seconds: list = field(default_factory=list)
    cpu_seconds: list = field(default_factory=list)
    megabytes: list = field(default_factory=list)

    def run(self):
        start = time.perf_counter()
        with open(os.devnull, "wb") as nothing:
            process = subprocess.Popen(self.arguments, stdin=subprocess.DEVNULL, stdout=nothing, stderr=subprocess.PIPE)
            said = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode != self.status:
            sys.exit(f"{self.title}: exit status {process.returncode}\n{said.decode(errors='replace')[-2000:]}")
        self.seconds.append(seconds)
        self.cpu_seconds.append(usage.ru_utime + usage.ru_stime)
        self.megabytes.append(usage.ru_maxrss / 1024)

    @property
    def ratio(self):
        return min(self.seconds) / min(self.floor.seconds) if self.floor else None

    @property
    def misses(self):
        """The bars that it does not hold, in words."""
        found = []
        if self.seconds_bar and min(self.seconds) > self.seconds_bar:
            found.append(f"{milliseconds(min(self.seconds))} is more than {milliseconds(self.seconds_bar)}")
        if self.megabytes_bar and max(self.megabytes) > self.megabytes_bar:
            found.append(f"{max(self.megabytes):.0f} MB is more than {self.megabytes_bar:.0f} MB")
        if self.floor_bar and self.ratio > self.floor_bar:
            found.append(f"{self.ratio:.1f} times the C program is more than {self.floor_bar:.0f} times")
        return found


def milliseconds(seconds):
    return f"{seconds * 1000:,.1f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def bars(command):
    parts = []
    if command.seconds_bar:
        parts.append(f"<= {command.seconds_bar * 1000:,.0f} ms")
    if command.megabytes_bar:
        parts.append(f"<= {command.megabytes_bar:.0f} MB")
    if command.floor_bar:
        parts.append(f"<= {command.floor_bar:.0f}x C")
    return ", ".join(parts)


def machine():
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.release()}"


def commands(options):
    botctl, work, python = options.botctl, Path(options.work), options.python
    found = [Command("botctl --version", [botctl, "--version"], seconds_bar=0.015)]
    for count, seconds, megabytes in ((1000, 0.3, None), (10_000, 3.0, 300)):
        project = work / f"bots-{count}"
        floor = Command(
            f"C and libyaml, {count:,} bots",
            [str(work / "floor"), str(project / "bots.d"), str(project / "templates")],
        )
        found += [
            floor,
            Command(
                f"botctl validate, {count:,} bots",
                [botctl, "validate", "-C", str(project)],
                seconds_bar=seconds,
                megabytes_bar=megabytes,
                floor=floor,
                floor_bar=3,
            ),
            Command(
                f"PyYAML (C) and pydantic, {count:,} bots",
                [python, str(Path(__file__).with_name("pydantic_check.py")), str(project)],
                floor=floor,
                rounds=None if count == 1000 else 3,
            ),
        ]
        if count == 1000:
            files = sorted(str(path) for path in (project / "bots.d").glob("*.yaml"))
            schema = ["--schemafile", str(work / "bot.schema.json")]
            found.append(
                Command(
                    f"check-jsonschema, {count:,} bots",
                    [str(Path(python).with_name("check-jsonschema")), *schema, *files],
                    floor=floor,
                    rounds=3,
                )
            )
    found.append(
        Command("botctl diff, 1,000 bots", [botctl, "diff", "-C", str(work / "bots-1000")], seconds_bar=0.4))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--botctl", required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()

    measured = commands(options)
    for round_number in range(options.rounds + 1):
        for command in measured:
            # The first round only fills the caches of the machine.
            if round_number > (command.rounds or options.rounds):
                continue
            command.run()
            if round_number == 0:
                command.seconds.clear()
                command.cpu_seconds.clear()
                command.megabytes.clear()

    print(f"{machine()}; the fastest of the rounds of a row")
    print(f"\n{'':38} {'rounds':>6} {'time':>10} {'CPU':>10} {'x C':>6} {'peak':>8}  bars")
    for command in measured:
        ratio = f"{command.ratio:.1f}" if command.floor else ""
        time_taken, cpu_time = milliseconds(min(command.seconds)), milliseconds(min(command.cpu_seconds))
        print(
            f"{command.title:38} {len(command.seconds):>6} {time_taken:>10} {cpu_time:>10} {ratio:>6}"
            f" {max(command.megabytes):>5.0f} MB  {bars(command)}{'  MISSED' if command.misses else ''}"
        )
    missed = [f"{command.title}: {reason}" for command in measured for reason in command.misses]
    if missed:
        sys.exit("\nmissed:\n" + "\n".join(f"  {reason}" for reason in missed))
    print("\nall bars hold")


if __name__ == "__main__":
    main()
