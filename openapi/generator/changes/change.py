"""One difference between two versions, and what it means for users."""

import re
from typing import Literal

from attrs import frozen

Verdict = Literal["breaking", "additive", "docs"]
"""What users have to do: change something, nothing but gain something, or nothing at all."""

VERDICTS: tuple[Verdict, ...] = ("breaking", "additive", "docs")
"""The strongest first."""

Source = Literal["document", "package", "command line", "tools"]
"""Where a difference was found."""

_CODE = re.compile(r"`([^`]+)`")
_WORD = re.compile(r"[A-Za-z][\w.-]*|--[\w-]+")


@frozen
class Rule:
    """What one kind of difference means.

    Args:
        kind: Name of the kind.
        verdict: What it means for users.
        said: What is said of it. `{was}` and `{now}` stand for the values.
        effect: Who is affected, and how, in one sentence.
        classified: False for a difference that no rule knows, which therefore counts as breaking.
    """

    kind: str
    verdict: Verdict
    said: str
    effect: str
    classified: bool = True


@frozen
class Change:
    """One difference between two versions.

    Args:
        rule: What it means.
        what: What has changed, and where it is used, as a reader knows it: `steps` in the request of `generate_image`.
        was: The old value; empty where there was none.
        now: The new value; empty where there is none.
        place: File and line, of the new version where it has the place, else of the old one.
        pointer: JSON pointer of the place in the document; empty for what is not part of it.
        source: Where it was found.
        name: What has changed, without where it is used; empty where that is the whole of it.
    """

    rule: Rule
    what: str
    was: str = ""
    now: str = ""
    place: str = ""
    pointer: str = ""
    source: Source = "document"
    name: str = ""

    @property
    def verdict(self) -> Verdict:
        """What it means for users."""
        return self.rule.verdict

    @property
    def title(self) -> str:
        """What has changed, and how."""
        # A value that is not there is no code.
        said = self.rule.said.format(was=self.was, now=self.now).replace(" (``, was ``)", "").replace("``", "none")
        return f"{self.what}: {said}" if self.what else said

    @property
    def names(self) -> frozenset[str]:
        """The names that it is about, as Python writes them: of a field, a class, an option, a value."""
        code = " ".join(_CODE.findall(self.name or self.what))
        # Of `Client.generate_image`, the last part; of `--sampler-name`, what it is called in Python.
        words = (word.strip("-").replace("-", "_") for word in _WORD.findall(f"{code} {self.was} {self.now}"))
        return frozenset(word.rpartition(".")[2] for word in words if word)

    @property
    def effect(self) -> str:
        """Who is affected, and how."""
        return self.rule.effect.format(was=self.was, now=self.now)
