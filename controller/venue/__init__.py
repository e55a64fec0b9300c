"""A venue's files to a checked ``scenes.model.Venue``. Every mistake has a place, a reason and a hint."""
