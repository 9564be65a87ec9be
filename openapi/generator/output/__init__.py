"""The files: the package, API.md, and how they take the place of the old ones."""
