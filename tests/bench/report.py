"""The table: figures of each peer, as ratios to one of them, and which goals are met."""

from collections.abc import Mapping

from attrs import field, frozen

OURS = "this client"


@frozen(kw_only=True)
class Goal:
    """What our figure has to be.

    Args:
        bound: The most that it may be, or the least.
        beside: The peer whose figure the bound is a multiple of; None for a bound in the unit of the table.
        at_least: Whether the bound is the least.
    """

    bound: float
    beside: str | None = None
    at_least: bool = False

    def __str__(self) -> str:
        sense = "at least" if self.at_least else "at most"
        return f"{sense} {self.bound:g}" + (f" x {self.beside}" if self.beside else "")

    def is_met(self, ours: float, beside: float | None) -> bool:
        """Whether our figure is as good as that."""
        limit = self.bound * (1.0 if beside is None else beside)
        return ours >= limit if self.at_least else ours <= limit


@frozen(kw_only=True)
class Section:
    """One subject of the table.

    Args:
        title: What was measured.
        unit: Of the figures.
        figures: By peer; None for a peer that is not installed or has no such thing.
        reference: The peer that the ratios are of, or None for no ratios.
        goals: What our figure has to be.
        remarks: What there is to say of a peer's figure.
    """

    title: str
    unit: str
    figures: Mapping[str, float | None]
    reference: str | None = None
    goals: tuple[Goal, ...] = ()
    remarks: Mapping[str, str] = field(factory=dict[str, str])

    def ratio(self, name: str) -> float | None:
        """The figure of a peer as a multiple of the reference's."""
        figure, reference = self.figures.get(name), self.figures.get(self.reference or "")
        return None if figure is None or not reference else figure / reference

    def verdict(self, goal: Goal) -> str:
        """`met`, `missed`, or why nobody can say."""
        ours = self.figures.get(OURS)
        beside = self.figures.get(goal.beside) if goal.beside else None
        if ours is None or (goal.beside and beside is None):
            return f"{goal}: not measured"
        return f"{goal}: {'met' if goal.is_met(ours, beside) else 'MISSED'}"

    def lines(self) -> list[str]:
        """The section as text."""
        head = f"{self.title:<48}{self.unit:>10}" + (f"{f'x {self.reference}':>16}" if self.reference else "")
        return [head, *(self._line(name) for name in self.figures)]

    def _line(self, name: str) -> str:
        figure, ratio = self.figures[name], self.ratio(name)
        shown = "-" if figure is None else _rounded(figure)
        compared = "" if ratio is None else f"{ratio:.2f}"
        said = [self.verdict(goal) for goal in self.goals] if name == OURS else []
        remark = self.remarks.get(name)
        return f"  {name:<46}{shown:>10}{compared:>16}  {'; '.join([*said, *([remark] if remark else [])])}".rstrip()


def table(sections: list[Section], head: str) -> str:
    """All sections, and how many goals are met."""
    verdicts = [section.verdict(goal) for section in sections for goal in section.goals]
    missed = sum(verdict.endswith("MISSED") for verdict in verdicts)
    unknown = sum(verdict.endswith("not measured") for verdict in verdicts)
    met = len(verdicts) - missed - unknown
    end = f"goals: {met} met, {missed} missed" + (f", {unknown} not measured" if unknown else "")
    return "\n\n".join([head, *("\n".join(section.lines()) for section in sections), end])


def _rounded(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.3g}"
