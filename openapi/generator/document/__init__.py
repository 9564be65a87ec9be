"""What the document says, as the generator reads it: places, references, schemas, grades of evidence."""
