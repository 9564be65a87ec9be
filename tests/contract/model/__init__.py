"""What the contract is made of: the document as questions, interactions, findings, images."""
