"""A venue's own tests of its scenes, from the YAML below its folder ``tests``."""
