"""Timers: in their order, and frozen and thawed."""

from scenes.stage import Stage
from scenes.timers import Timers


def test_what_was_frozen_is_due_after_what_was_left_of_it():
    timers = Timers(Stage())
    number = timers.start(4, "step", "run")
    timers.thaw(timers.freeze("run", 1), 3)
    assert timers.due() == 6
    assert timers.pop().number == number
    assert timers.due() is None
