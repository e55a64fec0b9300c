"""What an author may write, and what it means: the long form of each table, and its reading to ``scenes.model``."""
