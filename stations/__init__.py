"""The stations' own software: ring, painting, games, pages, sharing. Each is a process of its own."""
