"""From the OpenAPI document to the package: what openapi-python-client leaves to be done."""
