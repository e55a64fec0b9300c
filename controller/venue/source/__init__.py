"""Texts with places: a venue's folder, YAML and CSV as they stand in the files. What they mean is decided elsewhere."""
