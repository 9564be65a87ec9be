"""Results that a service gives page by page."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import httpx
import pytest
from attrs import define, field

from tests.generator.generation import DOCUMENTS, imported, write_package
from tests.generator.recording_server import RecordedRequest, RecordingServer, Response, running


@define
class PagingServer(RecordingServer):
    """A service whose responses follow from the requests.

    Args:
        respond: Gives the body and the further headers of the response to a request, or its status alone.
    """

    respond: Callable[[RecordedRequest], Any] = field(default=lambda request: {})

    def response_to(self, request: RecordedRequest) -> Response:
        """What a request gets."""
        found = self.respond(request)
        if isinstance(found, int):
            return Response(found, {}, b"")
        body, headers = found if isinstance(found, tuple) else (found, {})
        return Response(200, {"content-type": "application/json", **headers}, json.dumps(body).encode())

    @property
    def targets(self) -> list[str]:
        """Path and query of all requests."""
        return [request.target for request in self.requests]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of a document with pages of every kind."""
    folder = tmp_path_factory.mktemp("pages") / "generated"
    write_package(DOCUMENTS / "pages.yaml", folder, "pages_client")
    with imported(folder, "pages_client") as found:
        yield found


@pytest.fixture
def server() -> Iterator[PagingServer]:
    """A service with pages."""
    with running(PagingServer) as found:
        yield found


Read = Callable[..., list[Any]]


@pytest.fixture(params=["sync", "async"])
def read(request: pytest.FixtureRequest, package: Any, server: PagingServer) -> Read:
    """Reads all pages, or with `members=True` what they hold, with either client."""

    def found(method: str, *, members: bool = False, most: int | None = None, **call: Any) -> list[Any]:
        if request.param == "sync":
            with package.Client(base_url=server.url, transport=httpx.HTTPTransport(verify=False)) as client:
                pages = getattr(client, method)(**call)
                return list(islice(pages.members() if members else pages, most))
        return asyncio.run(awaited(method, members, most, call))

    async def awaited(method: str, members: bool, most: int | None, call: Mapping[str, Any]) -> list[Any]:
        transport = httpx.AsyncHTTPTransport(verify=False)
        async with package.AsyncClient(base_url=server.url, transport=transport) as client:
            pages, items = getattr(client, method)(**call), []
            async for item in pages.members() if members else pages:
                items.append(item)
                if len(items) == most:
                    break
            return items

    return found


def by_cursor(request: RecordedRequest) -> Any:
    """Three pages: `a`, then `b` and `c`, then nothing, the last of which names no further one."""
    cursor = dict(request.query).get("cursor")
    following = {None: "2", "2": "3"}.get(cursor)
    items = {None: [{"id": "a"}], "2": [{"id": "b"}, {"id": "c"}], "3": []}[cursor]
    return {"items": items, "paging": {"next": following} if following else {}}


def test_pages_follow_their_cursor(read: Read, server: PagingServer, package: Any) -> None:
    """Each page names the next one; other parameters stay. The pages are what the plain method gives."""
    server.respond = by_cursor
    pages = read("list_items_pages", size=2)
    assert [[item.id for item in page.items] for page in pages] == [["a"], ["b", "c"], []]
    assert {type(page) for page in pages} == {package.ItemPage}
    assert server.targets == ["/items?size=2", "/items?size=2&cursor=2", "/items?size=2&cursor=3"]


def test_members_of_all_pages(read: Read, server: PagingServer, package: Any) -> None:
    """The members come one after another, as objects of their class."""
    server.respond = by_cursor
    members = read("list_items_pages", members=True)
    assert members == [package.Item(id="a"), package.Item(id="b"), package.Item(id="c")]


def test_no_page_is_requested_before_it_is_needed(read: Read, server: PagingServer) -> None:
    """A loop that is left early requests no further page."""
    server.respond = by_cursor
    assert [item.id for item in read("list_items_pages", members=True, most=2)] == ["a", "b"]
    assert len(server.requests) == 2


def test_a_call_can_start_anywhere(read: Read, server: PagingServer) -> None:
    """The parameter of the position is one of the method."""
    server.respond = by_cursor
    assert [item.id for item in read("list_items_pages", members=True, cursor="2")] == ["b", "c"]


def test_a_limit_of_pages(read: Read, server: PagingServer, package: Any) -> None:
    """`max_pages` is the number of calls; nothing is sent for one that is none."""
    server.respond = by_cursor
    assert len(read("list_items_pages", max_pages=2)) == 2
    assert len(server.requests) == 2
    for wrong in (0, -1, True, 1.5, "2"):
        with pytest.raises(package.ConfigurationError, match=r"max_pages is .*: it takes a whole number from 1"):
            read("list_items_pages", max_pages=wrong)
    assert len(server.requests) == 2


def test_arguments_are_checked_before_the_first_page(read: Read, server: PagingServer, package: Any) -> None:
    """The rules of the plain method hold."""
    with pytest.raises(package.InvalidRequestError, match="size"):
        read("list_items_pages", size=1000)
    assert server.requests == []


def test_a_page_that_repeats_its_cursor(read: Read, server: PagingServer, package: Any) -> None:
    """A service that leads in a circle ends with an error, after the pages that it has given."""
    server.respond = lambda request: {"items": [{"id": "a"}], "paging": {"next": "2"}}
    with pytest.raises(package.InvalidResponseError, match="names one that was requested already: cursor=2"):
        read("list_items_pages")
    assert server.targets == ["/items", "/items?cursor=2"]


def test_a_circle_of_several_pages(read: Read, server: PagingServer, package: Any) -> None:
    """The circle may be longer, and lead back to the page that the call began with."""
    following = {"1": "2", "2": "3", "3": "1"}
    server.respond = lambda request: {"items": [], "paging": {"next": following[dict(request.query)["cursor"]]}}
    with pytest.raises(package.InvalidResponseError, match="requested already: cursor=1"):
        read("list_items_pages", cursor="1")
    assert len(server.requests) == 3


def test_a_page_that_fails_is_sent_again(read: Read, server: PagingServer) -> None:
    """Each page is a call with its own retries."""
    statuses = iter([429])
    server.respond = lambda request: ("cursor=2" in request.target and next(statuses, None)) or by_cursor(request)
    assert [item.id for item in read("list_items_pages", members=True)] == ["a", "b", "c"]
    assert server.targets == ["/items", "/items?cursor=2", "/items?cursor=2", "/items?cursor=3"]


def test_numbered_pages(read: Read, server: PagingServer) -> None:
    """Pages that are counted begin where the call says, or with 1, and end with one without members."""
    pages = {"2": [{"id": "b"}], "3": []}
    server.respond = lambda request: pages.get(dict(request.query).get("page", "1"), [{"id": "a"}])
    assert [item.id for item in read("list_numbered_pages", members=True)] == ["a", "b"]
    assert server.targets == ["/numbered", "/numbered?page=2", "/numbered?page=3"]
    server.requests.clear()
    assert [item.id for item in read("list_numbered_pages", members=True, page=2)] == ["b"]
    assert server.targets == ["/numbered?page=2", "/numbered?page=3"]


def test_a_service_that_takes_no_notice_of_the_number(read: Read, server: PagingServer, package: Any) -> None:
    """The same page again is an error, and no endless loop."""
    server.respond = lambda request: [{"id": "a"}]
    with pytest.raises(package.InvalidResponseError, match="the page is the same as the one before"):
        read("list_numbered_pages")
    assert len(server.requests) == 2


def test_an_offset_in_the_body(read: Read, server: PagingServer) -> None:
    """An offset grows by the members of each page. The response says whether there are more."""

    def respond(request: RecordedRequest) -> Any:
        start = request.json.get("start", 0)
        points = list(range(start, min(start + 2, 5)))
        return {"more": start + 2 < 5, "result": {"points": points, "others": [7]}}

    server.respond = respond
    assert read("scroll_pages", members=True, text="x") == [0, 1, 2, 3, 4]
    assert [request.json for request in server.requests] == [
        {"text": "x"},
        {"text": "x", "start": 2},
        {"text": "x", "start": 4},
    ]


@pytest.mark.parametrize("points", [None, []])
def test_more_pages_that_never_come(read: Read, server: PagingServer, package: Any, points: Any) -> None:
    """A service that has more pages and no members on this one leads nowhere."""
    server.respond = lambda request: {"more": True, "result": {"points": points}}
    with pytest.raises(package.InvalidResponseError, match="requested already: start="):
        read("scroll_pages", start=0)


def test_the_last_member_as_cursor(read: Read, server: PagingServer) -> None:
    """The next page begins after the last member, as long as the response says that there are more."""
    members = ["a", "b", "c"]

    def respond(request: RecordedRequest) -> Any:
        after = dict(request.query).get("after")
        rest = members if after is None else members[members.index(after) + 1 :]
        return {"data": [{"id": one} for one in rest[:2]], "has_more": len(rest) > 2}

    server.respond = respond
    assert [item.id for item in read("list_after_pages", members=True)] == members
    assert server.targets == ["/after", "/after?after=b"]


def test_more_pages_without_a_position(read: Read, server: PagingServer, package: Any) -> None:
    """Where the response has more and does not say where, the rest is not left out in silence."""
    server.respond = lambda request: {"data": [], "has_more": True}
    with pytest.raises(package.InvalidResponseError, match="does not name the next one"):
        read("list_after_pages")


def test_an_address_leads_to_the_same_host(read: Read, server: PagingServer) -> None:
    """Of an address only the parameters of the operation are taken: neither key nor request goes elsewhere."""
    following: dict[str, str | None] = {
        "/addressed": "https://elsewhere.example/other?page=2&tag=a&tag=b&key=1",
        "/addressed?page=2&tag=a&tag=b": "?page=3",
    }
    server.respond = lambda request: {"results": [{"id": request.target}], "next": following.get(request.target)}
    targets = [item.id for item in read("list_addressed_pages", members=True)]
    assert targets == ["/addressed", "/addressed?page=2&tag=a&tag=b", "/addressed?page=3&tag=a&tag=b"]


def test_an_address_without_a_known_parameter(read: Read, server: PagingServer, package: Any) -> None:
    """An address that differs in nothing that the client can send is an error."""
    server.respond = lambda request: {"results": [], "next": "/addressed?token=x"}
    with pytest.raises(package.InvalidResponseError, match="the address of the next page has no parameter: /addressed"):
        read("list_addressed_pages")


def test_a_link_to_the_operation_itself(read: Read, server: PagingServer) -> None:
    """A link of OpenAPI that hands a value of the response to the same operation is enough."""
    server.respond = lambda request: (
        {"items": [{"id": "a"}], "paging": {"next": "t"}} if "token" not in request.target else {"items": []}
    )
    assert [item.id for item in read("list_linked_pages", members=True, x_tenant="me")] == ["a"]
    assert server.targets == ["/linked", "/linked?token=t"]
    assert {request.headers["x-tenant"] for request in server.requests} == {"me"}


def test_the_header_link(read: Read, server: PagingServer) -> None:
    """A documented header `Link` is followed by its relation `next`, wherever it stands in the header."""
    links = {
        "/by-header?per_page=1": '</x?page=9>; rel="last", <https://a.example/x?page=2>; title="a, b"; rel="next"',
        "/by-header?per_page=1&page=2": "</by-header?page=3>; rel=next; x",
        "/by-header?per_page=1&page=3": '</by-header?page=2>; rel="prev first"',
    }
    server.respond = lambda request: ([{"id": request.target}], {"link": links[request.target]})
    assert [item.id for item in read("list_by_header_pages", members=True, per_page=1)] == list(links)


def test_pages_that_the_document_denies(package: Any) -> None:
    """`x-pages: false` leaves an operation without a method for its pages."""
    assert not hasattr(package.Client, "list_whole_pages")
    assert hasattr(package.Client, "list_whole")


def test_what_says_whether_there_are_more_is_something_else(read: Read, server: PagingServer, package: Any) -> None:
    """A response that does not say it by true or false is an error, and no silent end."""
    server.respond = lambda request: {"data": [], "has_more": "yes"}
    with pytest.raises(package.InvalidResponseError, match="what says whether there are more pages is 'yes'"):
        read("list_after_pages")
