"""Yesterday's inputs once more: the engine as it was beside one with the edited venue, and what they decide apart."""
