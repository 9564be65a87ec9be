"""The command line, whatever the document says: a module for each command, and what they share."""
