"""A terminal, as a person sits at it."""

import os
import pty
import select
import subprocess

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
