"""Oracles, and the judge that runs them: which facts of the document interactions contradict."""
