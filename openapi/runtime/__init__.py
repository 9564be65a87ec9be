"""What the generated client does whatever the document says: checking, sending, reading, raising."""
