"""Styles of parameters: how a list is written into one text."""

SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
"""What stands between the members of a query parameter that is not repeated, by its style."""
