"""`documentation`: a page of the API in each of its forms, with one fact altered at a time."""

import json
import shutil
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

import pytest
from attrs import evolve, frozen

from generator.document.document import Document
from tests.contract import CASSETTES, ROOT, commands
from tests.contract.documentation import loading
from tests.contract.documentation.calls import read_prices
from tests.contract.documentation.comparing import compared, documentation_report
from tests.contract.documentation.comparison import Comparison
from tests.contract.documentation.field_rules import read_rules
from tests.contract.documentation.html_lines import HtmlLine
from tests.contract.documentation.loading import NotReadableError, page_text
from tests.contract.documentation.page import Page
from tests.contract.documentation.reading import NotUnderstoodError
from tests.contract.documentation.stated import PageField
from tests.contract.in_process import Done, run
from tests.contract.model.contract import Contract
from tests.contract.reports import COULD_NOT_TELL

PAGES = Path(__file__).parent / "pages"
# The document that the pages are about. The real one may be edited, and is held against the vendor's own page below.
DOCUMENT = PAGES / "flux-schnell.yaml"
FORMS = {
    "attributes.txt": "text",
    "copied.txt": "text",
    "parameters.html": "HTML",
    "definitions.html": "HTML",
    "llms.txt": "Markdown",
    "table.md": "Markdown",
}
# Outside the repository, whose licence its text does not have.
VENDORS_PAGE = ROOT.parent / "shared" / "vendor" / "flux-schnell-api-page.txt"
FIELD = "/components/schemas/GenerateImageRequest/properties"
SCHEMA = "/components/schemas/GenerateImageRequest"
RESPONSES = "/paths/~1v1~1flux-schnell/post/responses"


@pytest.fixture(scope="module")
def contract() -> Contract:
    """The document of the pages."""
    return Contract.load(DOCUMENT)


@pytest.fixture(scope="module")
def real_contract() -> Contract:
    """The document of this repository."""
    return Contract.load()


@frozen
class Alteration:
    """A page with one fact altered.

    Args:
        page: The page.
        old: A text that it has once.
        new: What stands there instead.
        result: What the comparison says of the fact.
        pointer: The fact.
        documented: A part of what the document says.
        stated: A part of what the page says.
        severity: What that means.
    """

    page: str
    old: str
    new: str
    result: str
    pointer: str
    documented: str
    stated: str
    severity: str = "breaking"

    def __str__(self) -> str:
        return f"{self.page}: {self.old} > {self.new}".replace("\n", " ")


ALTERATIONS = (
    # A type.
    Alteration("attributes.txt", "denoisefloat", "denoiseint", "differs", f"{FIELD}/denoise/type", "number", "integer"),
    Alteration("llms.txt", "`seed` (integer", "`seed` (string", "differs", f"{FIELD}/seed/type", "integer", "string"),
    Alteration(
        "table.md", "`samples` | integer", "`samples` | float", "differs", f"{FIELD}/samples/type", "integer", "number"
    ),
    Alteration(
        "parameters.html",
        "<span>seed</span><span>optional</span></div><div>integer",
        "<span>seed</span><span>optional</span></div><div>string",
        "differs",
        f"{FIELD}/seed/type",
        "integer",
        "string",
    ),
    Alteration(
        "definitions.html",
        "denoise <em>float",
        "denoise <em>boolean",
        "differs",
        f"{FIELD}/denoise/type",
        "number",
        "boolean",
    ),
    # A default.
    Alteration(
        "attributes.txt",
        "stepsint ( default: 4",
        "stepsint ( default: 5",
        "differs",
        f"{FIELD}/steps/default",
        "4",
        "5",
    ),
    Alteration(
        "parameters.html",
        "<span>Default: 4</span>",
        "<span>Default: 2</span>",
        "differs",
        f"{FIELD}/steps/default",
        "4",
        "2",
    ),
    Alteration(
        "llms.txt",
        "default: `normal`",
        "default: `simple`",
        "differs",
        f"{FIELD}/scheduler/default",
        "normal",
        "simple",
    ),
    Alteration("table.md", "| 123456789 |", "| 42 |", "differs", f"{FIELD}/seed/default", "123456789", "42"),
    Alteration(
        "definitions.html", "Default: euler", "Default: lcm", "differs", f"{FIELD}/sampler_name/default", "euler", "lcm"
    ),
    Alteration(
        "attributes.txt",
        "samplesint ( default: 1 )",
        "samples int",
        "not on the page",
        f"{FIELD}/samples/default",
        "1",
        "not on the page",
    ),
    Alteration("copied.txt", "Default: 4Range", "Default: 6Range", "differs", f"{FIELD}/steps/default", "4", "6"),
    # A bound.
    Alteration("copied.txt", "Range: 1 - 8", "Range: 1 - 12", "differs", f"{FIELD}/steps/maximum", "8", "12"),
    Alteration("attributes.txt", "max : 8", "max : 12", "differs", f"{FIELD}/steps/maximum", "8", "12"),
    Alteration("parameters.html", "Range: 1 - 8", "Range: 2 - 8", "differs", f"{FIELD}/steps/minimum", "1", "2"),
    Alteration("llms.txt", "from 1 to 8", "from 1 to 10", "differs", f"{FIELD}/steps/maximum", "8", "10"),
    Alteration("table.md", "| 4 | 1 | 8 |", "| 4 | 1 | 50 |", "differs", f"{FIELD}/steps/maximum", "8", "50"),
    Alteration("definitions.html", "Range: [0, 1]", "Range: [0, 2]", "differs", f"{FIELD}/denoise/maximum", "1", "2"),
    Alteration(
        "attributes.txt",
        "min : 1,\n\nmax : 8\n",
        "",
        "not on the page",
        f"{FIELD}/steps/maximum",
        "8",
        "not on the page",
    ),
    Alteration(
        "attributes.txt",
        "random numbers begin\n",
        "random numbers begin\n\nmin : 0,\n",
        "not in the document",
        f"{FIELD}/seed",
        "no minimum",
        "minimum of seed: 0",
    ),
    # A bound and a multiple in prose.
    Alteration(
        "attributes.txt",
        "How wide, between 512",
        "How wide, between 256",
        "differs",
        f"{FIELD}/width/minimum",
        "512",
        "256",
    ),
    Alteration(
        "parameters.html",
        "How high: between 512 and 2048",
        "How high: between 512 and 1536",
        "differs",
        f"{FIELD}/height/maximum",
        "2048",
        "1536",
    ),
    Alteration(
        "attributes.txt",
        "How high, between 512 and 2048 in multiples of 8",
        "How high, between 512 and 2048 in multiples of 16",
        "differs",
        f"{FIELD}/height/multipleOf",
        "8",
        "16",
    ),
    Alteration(
        "llms.txt",
        "How wide, between 512 and 2048, in multiples of 8",
        "How wide, between 512 and 2048, divisible by 64",
        "differs",
        f"{FIELD}/width/multipleOf",
        "8",
        "64",
    ),
    Alteration(
        "table.md",
        "How wide, a multiple of 8",
        "How wide, a multiple of 32",
        "differs",
        f"{FIELD}/width/multipleOf",
        "8",
        "32",
    ),
    Alteration(
        "definitions.html",
        "How wide. Range: 512-2048",
        "How wide. Range: 512-4096",
        "differs",
        f"{FIELD}/width/maximum",
        "2048",
        "4096",
    ),
    Alteration(
        "llms.txt",
        "How wide, between 512 and 2048",
        "How wide, between 512 and 4,096",
        "differs",
        f"{FIELD}/width/maximum",
        "2048",
        "4096",
    ),
    Alteration("llms.txt", "from 1 to 8", "no more than 12", "differs", f"{FIELD}/steps/maximum", "8", "12"),
    Alteration("llms.txt", "to take, from 1 to 8", "to take (1-12)", "differs", f"{FIELD}/steps/maximum", "8", "12"),
    # What is required.
    Alteration(
        "attributes.txt",
        "promptstr *",
        "prompt str ( default: a fox )",
        "cannot be compared",
        f"{SCHEMA}/required",
        "prompt is required",
        "marks no field",
        "unknown",
    ),
    Alteration(
        "attributes.txt",
        "seedint (",
        "seedint * (",
        "differs",
        f"{SCHEMA}/required",
        "seed is optional",
        "seed is required",
    ),
    Alteration(
        "parameters.html",
        "<span>steps</span><span>optional",
        "<span>steps</span><span>required",
        "differs",
        f"{SCHEMA}/required",
        "steps is optional",
        "steps is required",
    ),
    Alteration(
        "llms.txt",
        "`seed` (integer,",
        "`seed` (integer, required,",
        "differs",
        f"{SCHEMA}/required",
        "seed is optional",
        "seed is required",
    ),
    Alteration(
        "table.md",
        "| `samples` | integer | no",
        "| `samples` | integer | yes",
        "differs",
        f"{SCHEMA}/required",
        "samples is optional",
        "samples is required",
    ),
    # A list of values.
    Alteration(
        "attributes.txt", "karras\n", "", "differs", f"{FIELD}/scheduler/enum/1", "karras", "not in the page's list"
    ),
    Alteration(
        "attributes.txt",
        "karras\n",
        "karras\n\nbeta\n",
        "not in the document",
        f"{FIELD}/scheduler/enum",
        "not in the document",
        "beta",
        "addition",
    ),
    Alteration(
        "parameters.html",
        '<code>"simple"</code>',
        "",
        "differs",
        f"{FIELD}/scheduler/enum/4",
        "simple",
        "not in the page's list",
    ),
    Alteration(
        "parameters.html",
        '<code>"lms"</code>',
        '<code>"res_2m"</code>',
        "not in the document",
        f"{FIELD}/sampler_name/enum",
        "not in the document",
        "res_2m",
        "addition",
    ),
    Alteration(
        "parameters.html", "(27 total)", "(31 total)", "differs", f"{FIELD}/sampler_name/enum", "27 values", "31 values"
    ),
    Alteration("llms.txt", "+17 more", "+18 more", "differs", f"{FIELD}/sampler_name/enum", "27 values", "28 values"),
    Alteration(
        "table.md", ", simple,", ", ", "differs", f"{FIELD}/scheduler/enum/4", "simple", "not in the page's list"
    ),
    Alteration(
        "definitions.html",
        "exponential, ",
        "",
        "differs",
        f"{FIELD}/scheduler/enum/2",
        "exponential",
        "not in the page's list",
    ),
    Alteration(
        "copied.txt",
        '"lms""dpm_fast"',
        '"lms""res_2s"',
        "not in the document",
        f"{FIELD}/sampler_name/enum",
        "not in the document",
        "res_2s",
        "addition",
    ),
    # A field.
    Alteration(
        "table.md",
        "| `denoise` | float | no | 1 | 0 | 1 | How much noise to take away |\n",
        "",
        "not on the page",
        f"{FIELD}/denoise",
        "a field denoise",
        "not on the page",
    ),
    Alteration(
        "llms.txt",
        "- `samples`",
        "- `guidance` (float, default: 3.5): How close to the text.\n- `samples`",
        "not in the document",
        FIELD,
        "not in the document",
        "a field guidance: type 'number', default 3.5",
        "addition",
    ),
    Alteration(
        "definitions.html",
        "<dt>samples",
        "<dt>style <em>string</em> (required)\n<dd>Of what kind\n<dt>samples",
        "not in the document",
        FIELD,
        "not in the document",
        "a required field style",
    ),
    Alteration(
        "copied.txt",
        "denoiseoptional\nnumber",
        "denoiserequired\nnumber",
        "differs",
        f"{SCHEMA}/required",
        "denoise is optional",
        "denoise is required",
    ),
    Alteration("copied.txt", "POSThttps", "PUThttps", "differs", "/paths/~1v1~1flux-schnell/post", "POST", "PUT"),
    # A status.
    Alteration(
        "attributes.txt",
        "406 - Not Acceptable",
        "402 - Payment Required",
        "not on the page",
        "/components/responses/NotAcceptable",
        "406",
        "not on the page",
    ),
    Alteration(
        "parameters.html",
        "<td>406</td>",
        "<td>451</td>",
        "not in the document",
        RESPONSES,
        "not in the document",
        "status 451",
        "addition",
    ),
    Alteration(
        "llms.txt",
        "- **500** Internal Server Error: something broke\n",
        "",
        "not on the page",
        "/components/responses/ServerError",
        "500",
        "not on the page",
    ),
    Alteration(
        "definitions.html",
        "<li>404 - no such address\n",
        "",
        "not on the page",
        "/components/responses/NotFound",
        "404",
        "not on the page",
    ),
    # The call.
    Alteration(
        "attributes.txt",
        "com/v1/flux-schnell",
        "com/v3/flux-schnell",
        "differs",
        "/paths/~1v1~1flux-schnell",
        "/v1/flux-schnell",
        "/v3/flux-schnell",
    ),
    Alteration(
        "llms.txt",
        "https://api.segmind.com",
        "https://api.segmind.ai",
        "differs",
        "/servers/0/url",
        "api.segmind.com",
        "api.segmind.ai",
    ),
    Alteration(
        "definitions.html", "<p>POST https", "<p>PUT https", "differs", "/paths/~1v1~1flux-schnell/post", "POST", "PUT"
    ),
    Alteration(
        "parameters.html",
        "/v2/flux-schnell",
        "/v9/flux-schnell",
        "not in the document",
        "/paths",
        "not in the document",
        "a call /v9/flux-schnell",
        "addition",
    ),
    Alteration(
        "table.md",
        "`x-api-key`",
        "`x-segmind-key`",
        "differs",
        "/components/securitySchemes/apiKey/name",
        "x-api-key",
        "x-segmind-key",
    ),
    Alteration(
        "llms.txt",
        "`x-api-key`",
        "`x-api-token`",
        "differs",
        "/components/securitySchemes/apiKey/name",
        "x-api-key",
        "x-api-token",
    ),
    Alteration(
        "table.md",
        "`x-api-key`",
        "`Authorization: Bearer`",
        "differs",
        "/components/securitySchemes/apiKey/name",
        "x-api-key",
        "authorization",
    ),
    Alteration(
        "llms.txt",
        "the header `x-api-key`",
        "as agreed",
        "not on the page",
        "/components/securitySchemes/apiKey/name",
        "x-api-key",
        "not on the page",
    ),
    Alteration(
        "llms.txt",
        "`x-remaining-credits`",
        "`x-credits-left`",
        "not on the page",
        "/components/headers/RemainingCredits",
        "x-remaining-credits",
        "not on the page",
    ),
    Alteration(
        "llms.txt",
        "`x-remaining-credits`",
        "`x-credits-left`",
        "not in the document",
        "/components/responses/Image/headers",
        "not in the document",
        "x-credits-left",
        "addition",
    ),
    Alteration(
        "table.md",
        "`image/jpeg`",
        "`image/webp`",
        "differs",
        "/components/responses/Image/content/image~1jpeg",
        "image/jpeg",
        "image/webp",
    ),
    Alteration(
        "parameters.html",
        "~$0.008",
        "~$0.012",
        "differs",
        "/paths/~1v1~1flux-schnell/post/x-price-usd",
        "$0.008",
        "$0.012",
    ),
    Alteration(
        "llms.txt",
        "Draws an image from a text.",
        "Draws an image from a text. Each image costs $0.02.",
        "differs",
        "/paths/~1v1~1flux-schnell/post/x-price-usd",
        "$0.008",
        "$0.02",
    ),
    Alteration(
        "parameters.html",
        "<p><span>~$0.008</span></p>",
        "<p><span>~$0.008</span></p><p>You pay $0.02 for each image.</p>",
        "differs",
        "/paths/~1v1~1flux-schnell/post/x-price-usd",
        "$0.008",
        "$0.02",
    ),
)


def _page(name: str) -> Page:
    return Page.of(name, (PAGES / name).read_text(encoding="utf-8"))


def _found(contract: Contract, page: Page) -> list[Comparison]:
    return [one for one in compared(contract, page) if one.result != "agrees"]


@pytest.mark.parametrize("name", FORMS)
def test_a_page_that_agrees(name: str, contract: Contract) -> None:
    """In each form, everything that the page states is read, and nothing is drift."""
    page = _page(name)
    assert page.form == FORMS[name]
    comparisons = compared(contract, page)
    assert [one for one in comparisons if one.severity == "breaking"] == []
    agreeing = {one.pointer for one in comparisons if one.result == "agrees"}
    stated = {
        contract.main.fact(name, keyword)
        for name, node in contract.main.properties.items()
        for keyword in ("type", "default", "minimum", "maximum", "multipleOf")
        if keyword in node
    }
    assert stated - agreeing == set()
    assert {"/servers/0/url", "/paths/~1v1~1flux-schnell", contract.main.pointer} <= agreeing
    assert {contract.main.fact("scheduler", "enum", str(at)) for at in range(6)} <= agreeing


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=str)
def test_an_altered_fact_is_found_and_named(alteration: Alteration, contract: Contract) -> None:
    """The fact is named with what the document says, what the page says, and the lines of both."""
    text = (PAGES / alteration.page).read_text(encoding="utf-8")
    assert text.count(alteration.old) == 1
    usual = {(one.result, one.pointer, one.stated) for one in _found(contract, _page(alteration.page))}
    altered = _found(contract, Page.of(alteration.page, text.replace(alteration.old, alteration.new)))
    new = [one for one in altered if (one.result, one.pointer, one.stated) not in usual]
    named = [one for one in new if (one.result, one.pointer) == (alteration.result, alteration.pointer)]
    assert len(named) == 1, new
    assert alteration.documented in named[0].documented
    assert alteration.stated in named[0].stated
    assert named[0].severity == alteration.severity
    place = text[: text.index(alteration.old)].count("\n") + 1
    if "page's list" in alteration.stated:
        assert 0 < named[0].line <= place, "the line where the list begins"
    elif alteration.result != "not on the page":
        assert abs(named[0].line - place) <= 1 + alteration.new.count("\n")
    # What was replaced by something new is missing too; otherwise nothing else is drift.
    if alteration.severity != "addition":
        rest = [one.pointer for one in new if one.severity == "breaking" and one is not named[0]]
        assert all(one.startswith(alteration.pointer.rpartition("/")[0]) for one in rest), rest


def test_a_list_that_is_cut_off_says_what_cannot_be_compared(contract: Contract) -> None:
    """Ten of 27 values are shown and compared; the others are named as not comparable, which is not drift."""
    found = [one for one in _found(contract, _page("parameters.html")) if one.result == "cannot be compared"]
    assert [one.pointer for one in found] == [contract.main.fact("sampler_name", "enum")]
    assert "17 of 27 values of sampler_name: dpm_adaptive" in found[0].documented
    assert "after 10 (+17 more)" in found[0].stated
    agreeing = [one.documented for one in compared(contract, _page("parameters.html")) if "/enum/" in one.pointer]
    assert agreeing[:2] == ["euler", "euler_pp"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("between 512 and 4,096", {"minimum": 512, "maximum": 4096}),
        ("between 1,024 and 4,096 in multiples of 8", {"minimum": 1024, "maximum": 4096, "multipleOf": 8}),
        ("Range: [512,2048]", {"minimum": 512, "maximum": 2048}),
        ("Range: [0,100]", {"minimum": 0, "maximum": 100}),
        ("min: 1,max: 8", {"minimum": 1, "maximum": 8}),
        ("no more than 12", {"maximum": 12}),
        ("not less than 1, not greater than 1,000", {"minimum": 1, "maximum": 1000}),
        ("How many (1-12)", {"minimum": 1, "maximum": 12}),
        ("How many (integer, 1\u201312, optional)", {"minimum": 1, "maximum": 12}),
        ("Default: 123,456,789", {"default": 123456789}),
        ("Default: 4, at most 8", {"default": 4, "maximum": 8}),
    ],
)
def test_rules_in_words(text: str, stated: dict[str, int]) -> None:
    """Numbers with commas between thousands, bounds in words, and a range in parentheses."""
    field = PageField("steps", 1)
    read_rules(field, text, 1)
    assert {keyword: one.value for keyword, one in field.facts.items()} == stated


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("Each image costs $0.02.", [0.02]),
        ("Pricing: US$0.008 per image, $0.02 each with priority", [0.008, 0.02]),
        ("$0.0080 / image", [0.008]),
        ("$0.02 per generated image", [0.02]),
        ("The team plan costs $49.00 a month, and a GPU $0.0015/second.", []),
        ("1,000 images cost $8.00, or $8.00 for 1,000 images.", []),
        ("You have $5.00 left", []),
    ],
)
def test_prices_of_a_call(text: str, prices: list[float]) -> None:
    """A price counts in a sentence too, but not that of a month, of a second, or of many images."""
    assert [one.value for one in read_prices([HtmlLine(1, text)])] == prices


def test_scripts_and_styles_are_not_read(contract: Contract) -> None:
    """A value in a script, and a class in a style sheet, are not statements of the page."""
    found = _found(contract, _page("parameters.html"))
    assert [one for one in found if "x-card" in one.stated or "9" in one.stated] == []


def test_a_page_cannot_speak_to_the_terminal(contract: Contract) -> None:
    """Characters that a terminal obeys do not get from a page into a report."""
    text = (PAGES / "attributes.txt").read_text(encoding="utf-8")
    hostile = text.replace("406 - Not Acceptable", "\x1b]0;title\x07407 - Proxy\x1b[2J").replace(
        "max : 8", "max : 9\x1b[31m"
    )
    report = documentation_report(contract, Page.of("page", f"{hostile}\n418 - I'm a \x1b[5mteapot\n"))
    assert report.breaking
    for text in (report.text(), report.markdown(), report.json(), report.junit()):
        assert all(one.isprintable() or one == "\n" for one in text)


MOVED: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("elements with other names", "parameters.html", lambda text: text.replace("div", "section").replace("span", "b")),
    (
        "everything on one line",
        "parameters.html",
        lambda text: text.replace("</code></pre>", "</code></pre><br>").replace("\n", " "),
    ),
    ("other headings", "llms.txt", lambda text: text.replace("## Parameters", "### Request body")),
    ("another bullet", "llms.txt", lambda text: text.replace("\n- ", "\n* ")),
    ("columns in another order", "table.md", lambda text: "\n".join(_swapped(line) for line in text.splitlines())),
    (
        "spaces between name and type",
        "attributes.txt",
        lambda text: text.replace("int (", " int (").replace("enum:str", " enum:str"),
    ),
    ("no empty lines", "attributes.txt", lambda text: text.replace("\n\n", "\n")),
    (
        "copied without spaces",
        "attributes.txt",
        lambda text: text.replace("stepsint ( default: 4 )", "stepsoptional\ninteger\n\nDefault: 4").replace(
            "promptstr *", "promptrequired\nstring"
        ),
    ),
)


def _swapped(line: str) -> str:
    cells = line.split("|")
    return "|".join([*cells[:2], cells[7], *cells[3:7], cells[2], *cells[8:]]) if len(cells) > 8 else line


@pytest.mark.parametrize(("what", "name", "move"), MOVED, ids=[one[0] for one in MOVED])
def test_a_layout_that_has_moved_is_still_read(
    what: str, name: str, move: Callable[[str], str], contract: Contract
) -> None:
    """The same facts in a slightly different layout are not drift, and none of them is lost."""
    text = (PAGES / name).read_text(encoding="utf-8")
    moved = move(text)
    assert moved != text
    before, after = (compared(contract, Page.of(name, one)) for one in (text, moved))
    assert [one for one in after if one.severity == "breaking"] == []
    rules = [
        {one.pointer for one in ones if one.result == "agrees" and FIELD in one.pointer} for ones in (before, after)
    ]
    assert rules[0] == rules[1]


@pytest.mark.skipif(not VENDORS_PAGE.exists(), reason="the vendor's page is not beside this repository")
def test_the_page_of_the_vendor_agrees(real_contract: Contract) -> None:
    """The page that the document was written from: nothing differs, and its empty lists cannot be compared."""
    contract = real_contract
    page = Page.of(VENDORS_PAGE.name, page_text(str(VENDORS_PAGE)))
    report = documentation_report(contract, page)
    assert report.verdict.startswith("no drift"), report.text()
    assert [one for one in report.findings if one.oracle == "differs"] == []
    cut = [one.pointer for one in report.findings if one.oracle == "cannot be compared"]
    assert cut == [contract.main.fact(name, "enum") for name in ("sampler_name", "scheduler")]
    agreeing = {one.pointer for one in report.agreeing}
    graded_page = {child for child in _rules(contract) if contract.document.grade(child) == "page"}
    assert graded_page - agreeing == set()


@pytest.mark.skipif(not VENDORS_PAGE.exists(), reason="the vendor's page is not beside this repository")
@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("max : 8", "max : 6", f"{FIELD}/steps/maximum"),
        ("default: euler )", "default: heun )", f"{FIELD}/sampler_name/default"),
        ("406 - ", "402 - ", "/components/responses/NotAcceptable"),
        ("denoisefloat", "denoiseint", f"{FIELD}/denoise/type"),
    ],
)
def test_an_altered_page_of_the_vendor_is_drift(old: str, new: str, pointer: str, real_contract: Contract) -> None:
    """The vendor's own page with one fact altered."""
    contract = real_contract
    text = page_text(str(VENDORS_PAGE))
    assert text.count(old) == 1
    found = _found(contract, Page.of("page", text.replace(old, new)))
    assert [one.pointer for one in found if one.severity == "breaking"] == [pointer]


def _rules(contract: Contract) -> set[str]:
    keywords = ("type", "default", "minimum", "maximum", "multipleOf")
    return {
        contract.main.fact(name, one)
        for name, node in contract.main.properties.items()
        for one in keywords
        if one in node
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><body><div id=root></div></body></html>", "does it need scripts to show its text?"),
        ("", "no description of a field"),
        ("404\n\nThis page could not be found.\n", "no description of a field"),
        (
            "prompt (string, required): What to draw.\nmode (string): How.\n",
            "describes 1 of the 9 documented fields (prompt)",
        ),
    ],
    ids=["an application", "nothing", "an error page", "another model"],
)
def test_a_page_that_is_not_understood_proves_nothing(text: str, said: str, contract: Contract) -> None:
    """It is not called free of drift."""
    with pytest.raises(NotUnderstoodError, match=r"page was read as") as caught:
        compared(contract, Page.of("page", text))
    assert said in str(caught.value)


# The command, where the document of the pages stands in for the real one.
_COMMAND = """
import pathlib, runpy, sys, tests.contract
tests.contract.SPEC = pathlib.Path(sys.argv.pop(1))
runpy.run_module("tests.contract", run_name="__main__")
"""


def _documentation(*arguments: str, **environment: str) -> Done:
    with patch.object(Contract, "load", lambda: Contract.of(Document.load(DOCUMENT))):
        return run("documentation", *arguments, **environment)


def _process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the same in a process of its own, whose exit code a shell sees."""
    command = [sys.executable, "-c", _COMMAND, str(DOCUMENT), "documentation", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"})


def test_exit_codes_and_reports(tmp_path: Path) -> None:
    """0 for agreement, 1 for drift, 2 for a page that cannot be read; the formats are those of `drift`."""
    agreeing = _documentation(str(PAGES / "llms.txt"))
    assert (agreeing.returncode, agreeing.stdout.splitlines()[0].split(":")[0]) == (0, "no drift"), agreeing.stderr
    altered = tmp_path / "page.txt"
    altered.write_text((PAGES / "attributes.txt").read_text().replace("max : 8", "max : 9"))
    reports = {name: tmp_path / name for name in ("json", "markdown", "junit")}
    drifted = _process(str(altered), *(f"--{name}={path}" for name, path in reports.items()))
    assert drifted.returncode == 1, drifted.stderr
    report = json.loads(reports["json"].read_text())
    finding = next(one for one in report["findings"] if one["severity"] == "breaking")
    assert finding["pointer"] == f"{FIELD}/steps/maximum"
    assert (finding["expected"], finding["seen"]) == ("maximum of steps: 8", "9")
    assert DOCUMENT.read_text().splitlines()[finding["line"] - 1].strip() == "maximum: 8"
    assert altered.read_text().splitlines()[int(finding["probe"].rpartition(":")[2]) - 1] == "max : 9"
    assert any(one["pointer"] == f"{FIELD}/steps/minimum" for one in report["agrees"])
    assert "/properties/steps/maximum" in reports["markdown"].read_text()
    assert ElementTree.parse(reports["junit"]).getroot().get("failures") == "1"
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body><div id=root></div></body></html>")
    for source in (str(empty), str(tmp_path / "nowhere.txt"), str(tmp_path), "ftp://example.com/page"):
        unread = _documentation(source)
        assert unread.returncode == 2, source
        assert unread.stderr.startswith("could not tell: ")
        assert len(unread.stderr.splitlines()) == 1
        assert unread.stdout == ""


@pytest.mark.usefixtures("recorded_from_document")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["documentation", "drift", "record"])
def test_a_report_that_cannot_be_written_is_printed(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk is full after all was sent: nothing is lost, one sentence says so, and the other file is written."""
    full, junit = tmp_path / "report.json", tmp_path / "report.xml"
    full.symlink_to("/dev/full")
    formats = {"json": full, "junit": junit}
    cassettes = shutil.copytree(CASSETTES, tmp_path / "cassettes")
    monkeypatch.setattr(commands, "CASSETTES", cassettes)
    if command == "documentation":
        monkeypatch.setattr(Contract, "load", lambda: Contract.of(Document.load(DOCUMENT)))
        code = commands.documentation(str(PAGES / "llms.txt"), formats)
    else:
        run = commands.record if command == "record" else commands.drift
        options = commands.Options(base_url=None, max_cost=Decimal(1), yes=True, formats=formats)
        code = commands.guarded(run, options)
    printed = capsys.readouterr()
    assert code == COULD_NOT_TELL
    assert printed.err.splitlines()[-1] == (
        f"{full} cannot be written: No space left on device. The report was printed instead."
    )
    report, _ = json.JSONDecoder().raw_decode(printed.out[printed.out.index("\n{") + 1 :])
    assert report["findings"] is not None
    assert ElementTree.parse(junit).getroot().get("failures") == "0"
    assert ("No grade changes" in printed.out) == (command == "record")


@pytest.mark.parametrize(
    ("source", "said"),
    [("p" * 300, "cannot be read: File name too long"), ("http://[::1", "is not a URL"), ("p\0p", "cannot be read")],
    ids=["a long name", "half an address", "a name with a zero byte"],
)
def test_a_source_that_cannot_be_one(source: str, said: str) -> None:
    """It is refused in one sentence, like a file that does not exist."""
    with pytest.raises(NotReadableError, match=said):
        page_text(source)
    if "\0" not in source:
        done = _documentation(source)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("opening", ["\n", " ", "\n  "], ids=["of one line", "with a space", "of two lines"])
def test_a_page_of_xhtml(opening: str, contract: Contract) -> None:
    """An XML declaration changes nothing but the numbers of the lines."""
    text = (PAGES / "parameters.html").read_text(encoding="utf-8")
    declaration = f'<?xml version="1.0"{opening}encoding="utf-8"?>\n'
    before, after = (compared(contract, Page.of("page", one)) for one in (text, declaration + text))
    moved = declaration.count("\n")
    assert [evolve(one, line=one.line and one.line + moved) for one in before] == after


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("attributes.txt", "max : 8", f"max : {'9' * 5000}"),
        ("parameters.html", "(27 total)", f"({'9' * 5000} total)"),
        ("parameters.html", "~$0.008", f"~${'9' * 5000}.008"),
        ("llms.txt", "+17 more", f"+{'9' * 5000} more"),
        ("table.md", "| 123456789 |", f"| {'9' * 5000} |"),
    ],
)
def test_a_number_without_end(page: str, old: str, new: str, tmp_path: Path) -> None:
    """A number of 5000 digits is one sentence with its line, not drift."""
    text = (PAGES / page).read_text(encoding="utf-8")
    assert text.count(old) == 1
    altered = tmp_path / page
    altered.write_text(text.replace(old, new), encoding="utf-8")
    done = _documentation(str(altered))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr
    assert "has a number of more than 1000 digits" in done.stderr


def test_an_address_with_brackets_is_not_a_host(contract: Contract) -> None:
    """`https://[model]/v1` in an example is not the address of a service."""
    text = (PAGES / "llms.txt").read_text(encoding="utf-8").replace("Draws an", "See https://[model]/v1/. Draws an")
    assert [one for one in compared(contract, Page.of("page", text)) if one.severity == "breaking"] == []


@contextmanager
def _served(handle: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web server on loopback, and the headers of each request that it gets."""
    requests: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append({name.lower(): value for name, value in self.headers.items()})
            handle(self)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_on_the_web_is_read_without_a_key(tmp_path: Path) -> None:
    """A redirect is followed, and neither a key of the environment nor a password of ~/.netrc is sent."""
    page = (PAGES / "parameters.html").read_bytes()

    def handle(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/old":
            _send(handler, b"", 301, Location="/api")
        else:
            _send(handler, page)

    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password secret-of-netrc\n")
    (tmp_path / ".netrc").chmod(0o600)
    with _served(handle) as (url, requests):
        done = _documentation(f"{url}/old", SEGMIND_API_KEY="key-of-the-environment", HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(requests) == 2
    for headers in requests:
        assert {"authorization", "x-api-key", "cookie"} & headers.keys() == set()
        assert "key-of-the-environment" not in str(headers)


def test_size_and_time_of_a_page_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without end, one that drips (headers too), a circle of redirects, an error status: one sentence each."""
    monkeypatch.setattr(loading, "MOST_BYTES", 1000)
    monkeypatch.setattr(loading, "MOST_SECONDS", 0.3)
    ended = threading.Event()

    def handle(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/large":
            _send(handler, b"x" * 5000)
        elif handler.path == "/circle":
            _send(handler, b"", 302, Location="/circle")
        elif handler.path in ("/drip", "/headers"):
            drop = b"x-of-many: 1\r\n"
            if handler.path == "/drip":
                _send(handler, b"x")
            else:
                handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
            # The server gives up at last, so that a client without a deadline fails the test instead of hanging.
            for _ in range(100):
                if ended.wait(0.05):
                    return
                try:
                    handler.wfile.write(drop)
                except OSError:
                    return
        else:
            _send(handler, b"gone", 404)

    try:
        with _served(handle) as (url, _):
            for path, said in (
                ("large", "it is not a page"),
                ("drip", "takes longer than"),
                ("headers", "takes longer than"),
                ("circle", "redirects"),
                ("nothing", "status 404"),
            ):
                with pytest.raises(NotReadableError, match=said):
                    page_text(f"{url}/{path}")
    finally:
        ended.set()


def test_the_page_of_the_document_is_read_by_default(contract: Contract) -> None:
    """Without an argument, it is the page that the document names."""
    assert contract.document.root["externalDocs"]["url"] == "https://www.segmind.com/models/flux-schnell/api"
    proxy = "http://127.0.0.1:9"
    done = _documentation(HTTPS_PROXY=proxy, https_proxy=proxy)
    assert done.returncode == 2
    assert "could not tell: https://www.segmind.com/models/flux-schnell/api cannot be read" in done.stderr
