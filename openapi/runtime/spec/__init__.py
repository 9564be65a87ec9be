"""What the document says, as data: operations, semantics of fields, keys, the service and its settings."""
