"""What everybody sees first: the house as it looks from outside, drawn into a terminal.

``sight`` is a value; ``hearing`` makes the next one of a message or a note; ``drawing`` makes lines of it, for a width
and a height; ``screen`` shows them and reads keys. It knows what devices and scenes say of themselves and what the
journal keeps for people, and nothing of the engine.
"""
