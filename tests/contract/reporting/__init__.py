"""What a run found, in five formats, beside what a person has accepted."""
