"""What a recording of the service decides, and the edits of the document that follow from it."""
