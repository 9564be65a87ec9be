"""What a maintainer does to the document, one kind of change after the other, and which tests that makes fail."""
