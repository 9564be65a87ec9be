"""What an edit of the document means for users of the package."""
