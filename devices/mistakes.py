"""A file of ``devices/kinds`` that cannot be used: whose fault it is, and where."""


class KindError(Exception):
    """A kind's file is wrong. The message says file, line and what Python says of it."""
