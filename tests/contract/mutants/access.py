"""Changed keys, methods and paths."""

from collections.abc import Callable

from attrs import evolve

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import API_KEY, OPERATION, PATH, status_pointers
from tests.contract.mutants.rewiring import Intercepted, Request, Response

_PAGE = b"<!doctype html>\n<title>Flux Schnell</title>\n<p>Send a POST to make images.</p>\n"
_SLASHED = f"{triggers.PATH}/"
_KNOWN_KEYS = {account.key for account in ACCOUNTS}


def _auth(name: str, change: str, make: Callable[[Request], Request], *trigger: Request) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="auth",
        change=change,
        pointers=(API_KEY, *status_pointers("Unauthorized")),
        make=rewired(request=make),
        trigger=trigger,
    )


def key_given(request: Request) -> Request:
    """Serve a request without a key as if it had the first account's key."""
    return request if request.header("x-api-key") else request.with_header("x-api-key", KEY)


def key_corrected(request: Request) -> Request:
    """Serve a request with an unknown key as if it had the first account's key."""
    key = request.header("x-api-key")
    return request.with_header("x-api-key", KEY) if key and key not in _KNOWN_KEYS else request


def _key_unneeded(request: Request) -> Request:
    return key_corrected(key_given(request))


def _key_expired(request: Request) -> Request:
    return request.with_header("x-api-key", "expired") if request.header("x-api-key") else request


def _key_in_body(request: Request) -> Request:
    """Take the key from the body and ignore the header."""
    return request.with_header("x-api-key", str(request.fields.get("api_key", "")))


def _posted_if(*methods: str) -> Callable[[Request], Request]:
    """Return a change that treats some methods on the documented path like POST."""

    def posted(request: Request) -> Request:
        meant = request.path == triggers.PATH and request.method in methods
        return evolve(request, method="POST") if meant else request

    return posted


def _put_only(request: Request) -> Request:
    """Swap the meanings of POST and PUT."""
    methods = {"POST": "PUT", "PUT": "POST"}
    return evolve(request, method=methods.get(request.method, request.method))


def _any_path(request: Request) -> Request:
    known = {DOCUMENTED.path, DOCUMENTED.credits_path}
    return request if request.path in known else evolve(request, path=DOCUMENTED.path)


def _page_on_get(intercepted: Intercepted) -> Response:
    meant = (intercepted.request.method, intercepted.request.path) == ("GET", triggers.PATH)
    return Response(200, (("content-type", "text/html"),), _PAGE) if meant else intercepted.response


def _slash_needed(request: Request) -> Request:
    """Swap the meanings of the documented path and the same path with a trailing slash."""
    paths = {triggers.PATH: _SLASHED, _SLASHED: triggers.PATH}
    return evolve(request, path=paths.get(request.path, request.path))


def _slash_added(intercepted: Intercepted) -> Response:
    headers = (("location", _SLASHED), ("content-length", "0"))
    return Response(308, headers, b"") if intercepted.request.path == triggers.PATH else intercepted.response


def _moved(name: str, change: str, path: str) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="method",
        change=change,
        pointers=(PATH,),
        make=behaving(evolve(DOCUMENTED, path=path)),
    )


AUTH = (
    ServiceMutant(
        name="key-header-renamed",
        kind="auth",
        change="The key is read from `x-segmind-key`.",
        pointers=(API_KEY,),
        make=behaving(evolve(DOCUMENTED, key_header="x-segmind-key")),
    ),
    ServiceMutant(
        name="key-as-bearer-only",
        kind="auth",
        change="The key is read from `authorization` only, as a bearer token.",
        pointers=(API_KEY,),
        # The name of a header cannot contain a space.
        make=behaving(evolve(DOCUMENTED, key_header="no header", bearer_accepted=True)),
    ),
    ServiceMutant(
        name="key-in-body",
        kind="auth",
        change="The key is read from the body's `api_key`.",
        pointers=(API_KEY,),
        make=rewired(request=_key_in_body),
    ),
    ServiceMutant(
        name="keys-expired",
        kind="auth",
        change="No key is valid any longer.",
        pointers=(API_KEY,),
        make=rewired(request=_key_expired),
    ),
    _auth("key-not-needed", "A request without a key gets an image.", key_given, triggers.NO_KEY),
    _auth("wrong-key-accepted", "A request with a wrong key gets an image.", key_corrected, triggers.WRONG_KEY),
    _auth("key-ignored", "Keys are ignored.", _key_unneeded, triggers.NO_KEY, triggers.WRONG_KEY),
)
METHODS = (
    ServiceMutant(
        name="get-accepted",
        kind="method",
        change="A GET is served like a POST.",
        pointers=(OPERATION, *status_pointers("MethodNotAllowed")),
        make=rewired(request=_posted_if("GET")),
        trigger=(triggers.GET,),
    ),
    ServiceMutant(
        name="get-returns-a-page",
        kind="method",
        change="A GET gets a 200 and a page that explains the operation.",
        pointers=(OPERATION, *status_pointers("MethodNotAllowed")),
        make=rewired(_page_on_get),
        trigger=(triggers.GET,),
    ),
    ServiceMutant(
        name="every-method-accepted",
        kind="method",
        change="GET, PUT, PATCH and DELETE are served like a POST.",
        pointers=(OPERATION, *status_pointers("MethodNotAllowed")),
        make=rewired(request=_posted_if("GET", "PUT", "PATCH", "DELETE")),
        trigger=(triggers.PUT,),
    ),
    ServiceMutant(
        name="put-only",
        kind="method",
        change="Images are made by PUT, and POST is not allowed.",
        pointers=(OPERATION, *status_pointers("MethodNotAllowed")),
        make=rewired(request=_put_only),
    ),
    _moved("path-moved-to-v2", "The call has moved to `/v2/flux-schnell`.", "/v2/flux-schnell"),
    _moved("path-renamed", "The call has moved to `/v1/flux-1-schnell`.", "/v1/flux-1-schnell"),
    ServiceMutant(
        name="path-redirected-308",
        kind="method",
        change="The call is redirected to the same path with a trailing slash.",
        pointers=(PATH,),
        make=rewired(_slash_added, request=_slash_needed),
    ),
    ServiceMutant(
        name="any-path-accepted",
        kind="method",
        change="A path that does not exist is served like the documented one.",
        pointers=(PATH, *status_pointers("NotFound")),
        make=rewired(request=_any_path),
        trigger=(triggers.OTHER_PATH,),
    ),
)
