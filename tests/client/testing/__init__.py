"""What users test their own services with: the fixture `flux_schnell_sandbox`, and what the client does under it."""
