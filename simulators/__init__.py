"""Devices and visitors that answer: pure models, and the same models played over a broker."""
