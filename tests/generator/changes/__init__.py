"""Tests of what an edit of the document means for users."""
