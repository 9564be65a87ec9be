"""All that touches openapi-python-client, which only `internals` imports."""
