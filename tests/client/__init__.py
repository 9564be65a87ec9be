"""What the generated client does: read in order, these tests are its manual."""
