"""A scene read aloud, in plain Chinese or English: one key, one fragment."""
