"""A clock that counts CPU seconds, so that a budget means the same on a machine that others load too."""

import resource
import time
from contextlib import contextmanager


def cpu_seconds():
    """CPU seconds of this process and of those that it started and that ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


@contextmanager
def cpu_seconds_as_time(cores):
    """Inside, `time.time()` moves by one second per `cores` CPU seconds: what so many idle cores would give at the most."""
    real, started, begun = time.time, time.time(), cpu_seconds()
    time.time = lambda: started + (cpu_seconds() - begun) / cores
    try:
        yield
    finally:
        time.time = real
