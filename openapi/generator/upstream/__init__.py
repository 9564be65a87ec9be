"""All that touches openapi-python-client: no other room imports it."""
