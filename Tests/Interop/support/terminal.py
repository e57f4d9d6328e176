"""A terminal, as a person sits at it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

from . import program


def on_a_terminal(project, *arguments, **variables):
    """Everything that botctl prints when a person runs it in a terminal."""
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [program.BOTCTL, *arguments],
        cwd=project.root,
        env=program.clean_environment(project.root, TERM="xterm-256color", **variables),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    printed = b""
    while select.select([control], [], [], 30)[0]:
        try:
            part = os.read(control, 65536)
        except OSError:
            break
        if not part:
            break
        printed += part
    os.close(control)
    return process.wait(30), printed.decode()


class Session:
    """botctl in a terminal, with somebody who reads and types."""

    def __init__(self, project, *arguments, columns=80, **variables):
        self.printed = ""
        self._read_to = 0
        self._control, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._process = subprocess.Popen(
            [program.BOTCTL, *arguments],
            cwd=project.root,
            env=program.clean_environment(project.root, TERM="xterm-256color", **variables),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(terminal)

    def type(self, text):
        os.write(self._control, text.encode())

    def read_until(self, text, seconds=30):
        """What is printed after the last text that was awaited, up to this one, colours taken out."""
        end = time.monotonic() + seconds
        while (found := self.plain().find(text, self._read_to)) < 0:
            left = end - time.monotonic()
            assert left > 0 and self._read(left), f"no {text!r} in {self.plain()[self._read_to:]!r}"
        start, self._read_to = self._read_to, found + len(text)
        return self.plain()[start : self._read_to]

    def plain(self):
        """Everything that was printed, colours taken out."""
        return re.sub(r"\x1b\[[0-9;]*[mK]", "", self.printed).replace("\r\n", "\n")

    def wait(self, seconds=30):
        """The exit status, with everything read."""
        while self._read(seconds):
            pass
        return self._process.wait(seconds)

    def close(self):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._control)

    def _read(self, seconds):
        if not select.select([self._control], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self._control, 65536)
        except OSError:
            return False
        self.printed += part.decode(errors="replace")
        return bool(part)
