"""Runs a command and writes its exit status and its peak memory in KiB into a file: RESULT COMMAND...

A process of its own, because a child inherits the peak of whoever starts it, and a test run has a high one.
"""

import os
import resource
import sys

CPU_SECONDS = 60

child = os.fork()
if child == 0:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="ascii") as result:
    result.write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
