"""The command line, for any document: a module for each command, and what they share."""
