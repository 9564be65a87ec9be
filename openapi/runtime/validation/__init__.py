"""The check of arguments and requests against the rules of the document, before anything is sent."""
