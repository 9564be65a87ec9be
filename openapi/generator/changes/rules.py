"""What each kind of difference means for users: the table that every comparison looks up.

A value of a request that is not allowed any more breaks callers; a value of a response that was not possible before
breaks readers. What the table does not know is `unclassified`, and counts as breaking.
"""

from .change import Rule, Verdict

_IS = "`{now}`, was `{was}`"
_REFUSED = "Calls that it no longer allows are refused before anything is sent."
_UNEXPECTED = "Code that reads it can meet values that it does not expect."
_STUBS = "Callers change nothing; recordings, stubs and proxies between client and service have to follow."

_BREAKING: dict[str, tuple[str, str]] = {
    "unclassified": (f"an edit that no rule knows ({_IS})", "Nobody can tell, so it counts as breaking."),
    # Operations
    "operation-removed": ("the operation is gone", "Code that calls its methods fails."),
    "operation-renamed": ("the operation is called {now}, was {was}", "Calls of the old methods fail."),
    "path-changed": ("is sent to {now}, was {was}", _STUBS),
    "module-changed": ("is in the group {now}, was {was}", "Imports of its functions from the module `api` fail."),
    "timeout-lowered": ("times out after {now} seconds, was {was}", "Calls that take longer fail by default."),
    "timeout-changed": ("has another default timeout: {now}, was {was}", "Calls can fail earlier, or wait longer."),
    "price-raised": ("costs {now} US dollars, was {was}", "Each call costs more: budgets end earlier."),
    "price-changed": (
        "has another price: {now}, was {was}",
        "Budgets and estimates count something else for each call.",
    ),
    "stream-removed": ("is not a stream any more", "Code that iterates over its events fails."),
    "stream-changed": (f"has another kind of stream: {_IS}", "Code that iterates over its events meets other ones."),
    "pages-removed": ("has no pages any more", "Calls of its method for pages fail."),
    "pages-changed": (f"has other pages: {_IS}", "Code that goes through its pages meets other ones."),
    # Requests
    "parameter-added-required": ("the parameter is new and required", "Calls without it are refused."),
    "parameter-removed": ("the parameter is gone", "Calls that give it are refused."),
    "parameter-moved": ("the parameter is sent in the {now}, was in the {was}", _STUBS),
    "style-changed": (f"is written in another way: {_IS}", _STUBS),
    "field-added-required": ("the field is new and required", "Calls without it are refused before anything is sent."),
    "field-removed": ("the field is gone", "Calls that give it are refused before anything is sent."),
    "field-renamed": ("the field is called {now}, was {was}", "Calls by the old name are refused, and name the new."),
    "field-now-required": ("is required now", "Calls without it are refused before anything is sent."),
    "field-now-read-only": ("is read-only now", "Calls cannot give it any more."),
    "field-order-changed": (
        "has its fields in the order {now}, was {was}",
        "Code that gives them by position gives other ones: new fields belong behind the old ones.",
    ),
    "default-changed": (f"the default is {_IS}", "Calls that leave it out buy something else."),
    "default-added": ("the default is `{now}`, and there was none", "Calls that leave it out send it now."),
    "default-removed": ("the default `{was}` is gone", "Calls that leave it out get what the service takes."),
    "body-added-required": ("takes a body now, which is required", "Calls without it are refused."),
    "body-removed": ("takes no body any more", "Calls that give one fail."),
    "body-now-required": ("the body is required now", "Calls without it are refused."),
    "media-type-removed": ("{was} is not sent any more", "Code that gives a body of this type fails."),
    "media-type-sent": ("bodies are sent as {now}, was {was}", _STUBS),
    "encoding-changed": (f"the form is encoded in another way: {_IS}", _STUBS),
    # Values of requests
    "request-narrower": (f"allows less: {_IS}", _REFUSED),
    "request-other": (f"allows other values: {_IS}", _REFUSED),
    "request-bound-narrower": (_IS, _REFUSED),
    "request-type-narrower": ("takes {now}, was {was}", _REFUSED),
    "request-type-other": ("takes {now}, was {was}", _REFUSED),
    "request-enum-narrower": ("does not take {was} any more", _REFUSED),
    "request-null-narrower": ("cannot be null any more", "Calls that give None are refused."),
    "request-alternative-narrower": ("does not take {was} any more", _REFUSED),
    # Values of responses
    "response-wider": (f"can have more values: {_IS}", _UNEXPECTED),
    "response-other": (f"has other values: {_IS}", _UNEXPECTED),
    "response-bound-wider": (_IS, _UNEXPECTED),
    "response-type-wider": ("is {now}, was {was}", "Code that reads it, and type checkers, meet another type."),
    "response-type-other": ("is {now}, was {was}", "Code that reads it, and type checkers, meet another type."),
    "response-enum-wider": ("can be {now} too", "Code that lists the values does not know it."),
    "response-null-wider": ("can be null now", "Code that reads it has to expect None."),
    "response-alternative-wider": ("can be {now} too", _UNEXPECTED),
    "response-field-removed": ("the field is gone", "Code that reads it fails."),
    "response-field-renamed": ("the field is called {now}, was {was}", "Code that reads the old name fails."),
    "response-field-now-optional": ("can be missing now", "Code that reads it has to expect UNSET."),
    "response-field-now-write-only": ("is not in responses any more", "Code that reads it gets UNSET."),
    "class-renamed": ("the class is called {now}, was {was}", "Imports of {was} fail."),
    "class-inlined": ("its class is named by its place now, and was called {was}", "Imports of {was} fail."),
    "class-extracted": ("its class is called {now}, and was named by its place", "Imports of the old name fail."),
    "discriminator-changed": (f"alternatives are told apart in another way: {_IS}", _UNEXPECTED),
    "discriminator-added": ("alternatives are told apart by `{now}`", _UNEXPECTED),
    "discriminator-removed": ("alternatives are not told apart by `{was}` any more", _UNEXPECTED),
    "content-changed": (f"is encoded in another way: {_IS}", _UNEXPECTED),
    "content-added": ("is encoded as `{now}`", _UNEXPECTED),
    "content-removed": ("is not encoded as `{was}` any more", _UNEXPECTED),
    # What the client knows of a value
    "semantics-changed": ("means `{now}` to the client, was `{was}`", "The client now uses it for something else."),
    "semantics-removed": ("does not mean `{was}` to the client any more", "What the client made of it is gone."),
    "random-changed": (f"the value that asks for a random one is {_IS}", "Calls with the old value buy its images."),
    "random-removed": (
        "`{was}` does not ask for a random one any more",
        "Calls with it buy one image again and again.",
    ),
    # Responses
    "success-added": ("can succeed with another status", "The type of the result is wider: code has to expect both."),
    "success-removed": ("does not succeed with this status any more", "Code that expects its result fails."),
    "status-removed": ("{was} is gone", "Code that catches {was} fails, or does not catch the status any more."),
    "class-moved": ("raises {now}, was {was}", "Code that catches {was} does not catch it any more."),
    "billed-on": ("is billed now", "Calls that end so cost money: budgets count them."),
    "billed-off": ("is not billed any more", "Budgets do not count calls that end so, and `error.billed` is False."),
    "billed-removed": (
        "is not said to be billed or not any more",
        "`error.billed` is None, and budgets count the call.",
    ),
    "retry-on": ("is sent again now", "Calls that end so wait and repeat, where they failed at once."),
    "retry-off": ("is not sent again any more", "Calls that end so fail at once, where they were repeated."),
    "stops-batch-on": ("ends a batch now", "Batches end at the first response of this kind."),
    "stops-batch-off": ("does not end a batch any more", "Batches continue after it, and may spend more."),
    "cause-added-before": (
        "the cause is new, and looked for before others",
        "Texts that fit two get another class: new causes belong behind the old ones.",
    ),
    "cause-removed": ("the cause is gone", "Code that catches its class fails."),
    "cause-pattern-changed": (f"is told by {_IS}", "Failures with some texts get another class."),
    "causes-reordered": ("the causes are in another order: {now}, was {was}", "Texts that fit two get another class."),
    "read-media-type-added": ("can be {now} too", _UNEXPECTED),
    "read-media-type-removed": ("is not {was} any more", "Code that reads such a body fails."),
    "header-removed": ("the header is gone", "Code that reads it gets None."),
    "link-changed": (f"leads elsewhere: {_IS}", "Jobs and pages that follow it are read in another way."),
    "link-removed": ("the link is gone", "Jobs and pages that follow it are gone."),
    "job-removed": ("does not start a job any more", "Its handle, and the route `queue`, are gone."),
    "job-changed": (
        f"its handle reads jobs in another way: {_IS}",
        "Code that waits for jobs can get another outcome.",
    ),
    "job-class-changed": ("its handle is called {now}, was {was}", "Imports of {was} fail."),
    "job-time-lowered": ("{now} seconds, was {was}", "Jobs are given up, or count as expired, earlier."),
    "job-time-changed": ("{now}, was {was}", "Jobs are given up, or count as expired, at another time."),
    # The service
    "server-changed": ("requests go to {now}, was {was}", f"Requests go elsewhere, with the key. {_STUBS}"),
    "server-removed": ("the server {was} is gone", "Code that looks for it in `SERVERS` fails."),
    "env-changed": ("is read from {now}, was {was}", "Programs that set {was} lose it: they have to set {now}."),
    "env-removed": ("is not read from {was} any more", "Programs that set {was} lose it: they have to pass the value."),
    "scope-added": ("the key needs the scope {now} now", "Calls with a key that does not have it are refused."),
    "security-removed": ("{was} is not accepted any more", "Clients that have nothing else are refused."),
    "key-changed": (f"the key is sent in another way: {_IS}", _STUBS),
    # The package
    "name-removed": ("is gone", "Code that uses it fails."),
    "base-removed": ("is not a {was} any more", "Code that catches or tests for {was} does not find it."),
    "kind-changed": ("is of the kind {now}, was of the kind {was}", "Code that uses it as before fails."),
    "argument-removed": ("the parameter {was} is gone", "Calls that give it fail."),
    "argument-added-required": ("the parameter {now} is new and required", "Calls without it fail."),
    "argument-now-required": ("the parameter {now} is required now", "Calls without it fail."),
    "argument-moved": ("the parameter {now} has moved", "Calls that give it by position fail."),
    "argument-kind-changed": ("the parameter {now} is given in another way", "Calls that give it the old way fail."),
    "argument-default-changed": ("the default is {now}, was {was}", "Calls that leave it out do something else."),
    "attribute-value-changed": ("is `{now}` by default, was `{was}`", "Code that leaves it out gets something else."),
    "argument-type-narrower": ("takes {now}, was {was}", "Calls with another type fail, or do not pass type checkers."),
    "result-type-wider": ("gives {now}, was {was}", "Code that uses it has to expect another type."),
    "type-other": ("is {now}, was {was}", "Code that uses it has to expect another type."),
    "returns-nothing": ("gives nothing said any more, was {was}", "Type checkers do not know the result."),
    # The command line
    "command-removed": ("the command is gone", "Scripts that call it fail."),
    "option-added-required": ("the option is new and required", "Scripts without it fail."),
    "option-removed": ("the option is gone", "Scripts that give it fail."),
    "option-now-required": ("is required now", "Scripts without it fail."),
    "option-changed": ("takes {now}, was {was}", "Scripts that give it as before fail."),
    "option-choice-removed": ("does not take {was} any more", "Scripts that give it fail."),
    "option-default-changed": ("the default is {now}, was {was}", "Scripts that leave it out do something else."),
    "exit-code-changed": ("the exit code is {now}, was {was}", "Scripts that test for it take the wrong way."),
    "exit-code-removed": ("the exit code {was} is gone", "Scripts that test for it take the wrong way."),
}

_ADDITIVE: dict[str, tuple[str, str]] = {
    "operation-added": ("the operation is new", "It has methods of its own."),
    "deprecated-on": ("is deprecated", "It still works; what comes instead should be used."),
    "deprecated-off": ("is not deprecated any more", "It stays."),
    "timeout-raised": ("times out after {now} seconds, was {was}", "Calls wait longer by default before they fail."),
    "price-lowered": ("costs {now} US dollars, was {was}", "Budgets and cost limits last longer."),
    "stream-added": ("is a stream", "It has a method that gives its events."),
    "pages-added": ("has pages", "It has a method that goes through them."),
    "parameter-added": ("the parameter is new", "Calls can give it."),
    "parameter-now-optional": ("is optional now", "Calls can leave it out."),
    "field-added": ("the field is new", "Calls can give it."),
    "field-now-optional": ("is optional now", "Calls can leave it out."),
    "field-now-sent": ("is not read-only any more", "Calls can give it."),
    "body-added": ("takes a body now", "Calls can give one."),
    "body-now-optional": ("the body is optional now", "Calls can leave it out."),
    "media-type-added": ("takes {now} too", "Calls can give a body of this type."),
    "request-wider": (f"allows more: {_IS}", "Calls that were refused are sent."),
    "request-bound-wider": (_IS, "Calls that were refused are sent."),
    "request-type-wider": ("takes {now}, was {was}", "Calls that were refused are sent."),
    "request-enum-wider": ("takes {now} too", "Calls can give it."),
    "request-null-wider": ("can be null now", "Calls can give None."),
    "request-alternative-wider": ("takes {now} too", "Calls can give it."),
    "response-narrower": (f"has fewer values: {_IS}", "Code that expects more values still works."),
    "response-bound-narrower": (_IS, "Code that expects more values still works."),
    "response-type-narrower": ("is {now}, was {was}", "Code that expects more types still works."),
    "response-enum-narrower": ("cannot be {was} any more", "Code that expects it still works."),
    "response-null-narrower": ("cannot be null any more", "Code that expects None still works."),
    "response-alternative-narrower": ("cannot be {was} any more", "Code that expects it still works."),
    "response-field-added": ("the field is new", "Code can read it."),
    "response-field-now-required": ("is never missing now", "Code need not expect UNSET."),
    "response-field-now-read": ("is in responses now", "Code can read it."),
    "semantics-added": ("means `{now}` to the client", "The client makes use of it."),
    "random-added": ("`{now}` asks for a random one", 'Calls with "random" are possible.'),
    "status-added": ("raises {now}", "It was an `UndocumentedStatusError`; code can catch it by its own class."),
    "billed-added": ("is said to be billed: `{now}`", "`error.billed` was None."),
    "cause-added": ("the cause is new", "Failures with its text get a class below that of the status."),
    "header-added": ("the header is new", "Code can read it."),
    "link-added": ("the link is new", "Jobs and pages can follow it."),
    "job-added": ("starts a job", "It has a handle that collects the result."),
    "job-time-raised": ("{now} seconds, was {was}", "Jobs are waited for, or kept, for longer."),
    "server-added": ("the server {now} is new", "It is in `SERVERS`."),
    "env-added": ("is read from {now}", "Programs can set it in the environment."),
    "scope-removed": ("the key does not need the scope {was} any more", "Keys without it will do."),
    "security-added": ("{now} is accepted, too", "Clients can use it."),
    "name-added": ("is new", "Code can use it."),
    "argument-added": ("the parameter {now} is new", "Calls can give it."),
    "argument-type-wider": ("takes {now}, was {was}", "Calls can give more."),
    "result-type-narrower": ("gives {now}, was {was}", "Code that expects more still works."),
    "command-added": ("the command is new", "Scripts can call it."),
    "option-added": ("the option is new", "Scripts can give it."),
    "option-choice-added": ("takes {now} too", "Scripts can give it."),
    "option-now-optional": ("is optional now", "Scripts can leave it out."),
    "exit-code-added": ("the exit code {now} is new", "Scripts can test for it."),
}

_DOCS: dict[str, tuple[str, str]] = {
    "description": ("is described in other words", "Only what people read has changed."),
    "evidence": ("has another evidence grade", "Only how well the fact is known has changed."),
    "example": ("has another example", "Only what people read has changed."),
    "probing": ("is probed in another way", "Only what the contract tests send or compare has changed."),
    "hint": ("has other hints", "Only the texts of messages and estimates have changed."),
    "written": ("says what was meant before", "The document says the same in another way."),
    "other-way": ("has changed, and does not go this way", "Callers do not send it, or readers do not get it."),
    "foreign": (f"is a note for other tools ({_IS})", "The generator does not read it."),
    "unused": ("is not used by any operation", "No client is generated from it."),
    "response-default": (f"the default is {_IS}", "Readers get what the service sends."),
    "unchecked": (f"is {_IS}", "The client does not check it, and reads it as before."),
    "code": ("differs, with the same names and signatures", "Whether it behaves as before is for its tests to say."),
}


def _table(verdict: Verdict, rules: dict[str, tuple[str, str]]) -> dict[str, Rule]:
    return {kind: Rule(kind, verdict, *texts, kind != "unclassified") for kind, texts in rules.items()}


RULES: dict[str, Rule] = {**_table("breaking", _BREAKING), **_table("additive", _ADDITIVE), **_table("docs", _DOCS)}
"""What each kind of difference means, by its name."""

UNCLASSIFIED = RULES["unclassified"]
"""The rule for what no other rule knows."""


def rule_of(*kinds: str) -> Rule:
    """The rule of the first kind that has one."""
    return next((RULES[kind] for kind in kinds if kind in RULES), UNCLASSIFIED)
