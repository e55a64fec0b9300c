"""The terminal from which a controller was started, if it was. SIGHUP has two senders: who wants a reload, and it.

A closed terminal ended the controller before SIGHUP meant a reload, and it must go on doing so: otherwise the house
runs on unseen, and the next start is told that another controller is there.
"""

import os


class Terminal:
    """Remembers whether there was one."""

    def __init__(self) -> None:
        self._number = next((number for number in (0, 1, 2) if _is_ours(number)), None)

    def is_gone(self) -> bool:
        """Whether it was closed. From then on what is written to it goes nowhere, instead of raising."""
        if self._number is None or _is_ours(self._number):
            return False
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        self._number = None
        return True


def _is_ours(number: int) -> bool:
    try:
        os.tcgetpgrp(number)
    except OSError:
        return False
    return True
