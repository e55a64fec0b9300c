"""Writing the locks; what is in them is asked by tests/test_packaging.py."""

import itertools
import os
import subprocess
import sys

from tools import bootstrap, lock


def test_without_uv_the_way_to_get_it_is_shown():
    nowhere = os.environ | {"PATH": ""}
    told = subprocess.run([sys.executable, lock.__file__], env=nowhere, capture_output=True, text=True)

    assert told.returncode == 69
    assert "pip install uv" in told.stderr


def test_the_sets_are_those_that_can_be_set_up_and_each_holds_the_one_before():
    widest_first = [set(parts) for parts in lock.PARTS.values()]

    assert list(lock.PARTS) == list(reversed(bootstrap.SETS))
    assert all(narrow < wide for wide, narrow in itertools.pairwise(widest_first))
