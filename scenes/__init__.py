"""The scene language and what happens next. Pure: no input or output, no clock, no chance, no float that is a time.

The same inputs give the same effects, byte for byte: rehearsal, restart, replay and every "why" stand on that.
"""
