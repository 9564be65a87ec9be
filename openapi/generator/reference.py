"""API.md: the reference for people."""

from .project import Plan


def reference(plan: Plan, spec: str) -> str:
    return ""
