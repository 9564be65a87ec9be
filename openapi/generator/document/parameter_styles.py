"""Styles of query parameters: how a list becomes one text."""

SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
"""What separates the members of a list that is sent as one text, by style."""
