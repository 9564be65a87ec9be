"""The data of the contract tests: the document, interactions, findings and images."""
