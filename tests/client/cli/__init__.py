"""The command line: read in order, these tests are its manual."""
