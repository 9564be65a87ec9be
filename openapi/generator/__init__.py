"""From the document to the package: what openapi-python-client leaves open."""
