"""Images: their formats, the request embedded in them, and how they are saved."""
