"""The clients: the flow of a call, its retries, budget and events, and many calls at once."""
