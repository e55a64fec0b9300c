"""One file a step. Each says how it begins, what news and time do to it while it waits, and how it is abandoned.

A step that never waits has ``begin`` alone. ``STEPS`` in ``scenes/runs.py`` says which file plays which step.
"""
