"""The report of what a stranger's service says: text in every format, and never markup."""

import json
import xml.etree.ElementTree as ElementTree

import pytest
from markdown_it import MarkdownIt

from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.reporting.report import Report

HOSTILE = {
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "an entity": "&lt;b&gt; &#60;b&#62;",
    "a link": "[sign in](https://evil.example) <https://evil.example> https://evil.example www.evil.example",
    "an image": "![x](https://evil.example/x.png)",
    "a mention": "@everyone, mail a@evil.example",
    "a code span": "`a` ``b`` ```",
    "the end of a cell": "a | b \\| c \\\\| d",
    "the end of a line": "a\nb\r\n| breaking | x |\n\n# DRIFT\u2028c",
    "emphasis": "**no drift** _x_ ~~y~~ $z$",
    "a comment": "<!-- --> a <!--",
    "control characters": "\x1b]0;owned\x07\x1b[31m\x9b2J\x00",
    "a reversed line": "a \u202egnp.exe \u2066b\u2069",
}

TABLE = {"div", "h2", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "strong", "code"}
"""Elements of the report."""

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def report(contract: Contract, text: str) -> Report:
    """A report with a finding in which a service says this."""
    finding = Finding(
        oracle="status", pointer="/info/version", severity="breaking", expected="a number", seen=text, probe="probe"
    )
    return Report(
        contract=contract,
        title=f"Contract of {text}",
        findings=[finding],
        recorded=[],
        not_probed={"other": text},
        notes=[],
        probes=["probe"],
        images=0,
    )


@hostile
def test_markdown_shows_it_as_text(contract: Contract, text: str) -> None:
    """One row of the table has it whole, in one cell; it becomes no element but those of a table."""
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(report(contract, text).markdown())
    page = ElementTree.fromstring(f"<div>{html}</div>")
    assert {element.tag for element in page.iter()} <= TABLE
    _, row = page.iter("tr")
    assert len(row) == 9
    shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
    assert row[5].text == shown


@hostile
def test_nothing_in_markdown_becomes_a_link_by_itself(contract: Contract, text: str) -> None:
    """GitHub makes links of addresses, and notifies whoever is mentioned."""
    markdown = report(contract, text).markdown()
    assert not [sign for sign in ("://", "www.", "@", "<", "![") if sign in markdown]


@hostile
def test_a_terminal_only_shows_it(contract: Contract, text: str) -> None:
    """Each finding has two lines, whatever the service says."""
    shown = report(contract, text).text()
    assert all(line.isprintable() for line in shown.split("\n"))
    assert sum(line.startswith("breaking") for line in shown.splitlines()) == 1


@hostile
def test_json_and_junit_can_be_read(contract: Contract, text: str) -> None:
    """XML cannot hold control characters."""
    made = report(contract, text)
    assert len(json.loads(made.json())["findings"]) == 1
    assert len(list(ElementTree.fromstring(made.junit()).iter("failure"))) == 1
