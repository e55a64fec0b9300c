"""Measurements, each beside a reference in the same run. A folder of scripts: nothing of the product imports it."""
