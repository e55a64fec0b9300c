"""One file a kind. The file's name is the kind's name, and its ``KIND`` is all that the rest of the house needs."""
