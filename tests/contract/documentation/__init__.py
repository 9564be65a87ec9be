"""The vendor's page of the API, read without a key and compared with the document fact by fact."""
