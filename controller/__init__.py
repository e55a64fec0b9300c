"""Runs it. The rooms in here do not know each other; ``app`` and ``commands`` put them together."""
