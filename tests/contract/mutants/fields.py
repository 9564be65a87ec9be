"""Request bodies that are read differently: required, renamed, ignored and unknown fields."""

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import Attribute, Fields, Value
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import BODY, REQUEST, REQUIRED, field_pointer, status_pointers
from tests.contract.mutants.rewiring import Request
from tests.contract.mutants.triggers import ACCEPTED, MALFORMED, NO_PROMPT, image_request, image_request_without

_RENAMED: tuple[tuple[str, str, Value], ...] = (
    # field, its new name, a value that is ignored under the old name
    ("steps", "num_inference_steps", 5),
    ("sampler_name", "sampler", "heun"),
    ("width", "image_width", 520),
)
_IGNORED: tuple[tuple[str, Value], ...] = (
    ("prompt", "a bear in the sun"),
    ("steps", 5),
    ("seed", 7),
    ("sampler_name", "lcm"),
    ("scheduler", "karras"),
    ("denoise", 0.5),
    ("width", 520),
    ("height", 520),
)


def _renamed(name: str, to: str, revealing: Value) -> ServiceMutant:
    return ServiceMutant(
        name=f"{name.replace('_', '-')}-renamed",
        kind="body",
        change=f"`{name}` is called `{to}` and ignored under its old name.",
        pointers=(field_pointer(name),),
        make=behaving(DOCUMENTED.with_attribute(name, name=to)),
        trigger=(image_request(**{name: revealing}),),
    )


def _ignored(name: str, revealing: Value) -> ServiceMutant:
    return ServiceMutant(
        name=f"{name.replace('_', '-')}-ignored",
        kind="body",
        change=f"`{name}` is checked as before, but the image no longer depends on it.",
        pointers=(field_pointer(name),),
        make=behaving(DOCUMENTED.with_attribute(name, drawn=False)),
        trigger=(image_request(**{name: revealing}),),
    )


def _refuse_json(fields: Fields) -> Fields:
    raise Refused(Reason.WRONG_CONTENT_TYPE)


def _repaired(request: Request) -> Request:
    """Replace a body that has no fields, unless it is an empty object."""
    meant = request.method == "POST" and not request.fields and request.body != b"{}"
    return evolve(request, body=ACCEPTED.body) if meant else request


_NEW_FIELD = Attribute("model_version", "str")

REQUIREMENTS = (
    ServiceMutant(
        name="prompt-optional",
        kind="body",
        change="A request without a `prompt` gets an image of a landscape.",
        pointers=(REQUIRED,),
        make=behaving(DOCUMENTED.with_attribute("prompt", default="a landscape")),
        trigger=(NO_PROMPT,),
    ),
    ServiceMutant(
        name="prompt-renamed",
        kind="body",
        change="`prompt` is called `text`, so that a documented request lacks a field.",
        pointers=(REQUIRED, field_pointer("prompt")),
        make=behaving(DOCUMENTED.with_attribute("prompt", name="text")),
    ),
    ServiceMutant(
        name="steps-required",
        kind="body",
        change="A request without `steps` is refused.",
        pointers=(REQUIRED, field_pointer("steps")),
        make=behaving(DOCUMENTED.with_attribute("steps", default=None)),
    ),
    ServiceMutant(
        name="width-required",
        kind="body",
        change="A request without a `width` is refused.",
        pointers=(REQUIRED, field_pointer("width")),
        make=behaving(DOCUMENTED.with_attribute("width", default=None)),
        trigger=(image_request_without("width"),),
    ),
    ServiceMutant(
        name="new-required-field",
        kind="body",
        change="A request without `model_version`, which is not documented, is refused.",
        pointers=(REQUIRED, BODY),
        make=behaving(evolve(DOCUMENTED, attributes=(*DOCUMENTED.attributes, _NEW_FIELD))),
    ),
    ServiceMutant(
        name="unknown-fields-refused",
        kind="body",
        change="A request with an undocumented field is refused.",
        pointers=(REQUEST,),
        make=behaving(evolve(DOCUMENTED, unknown_fields_refused=True)),
        trigger=(image_request(guidance_scale=7.5),),
    ),
    ServiceMutant(
        name="json-refused",
        kind="body",
        change="A body of `application/json` is refused as a wrong content type.",
        pointers=(BODY,),
        make=behaving(evolve(DOCUMENTED, read=_refuse_json)),
    ),
    ServiceMutant(
        name="malformed-body-accepted",
        kind="body",
        change="A body that is not JSON gets some image.",
        pointers=(BODY, *status_pointers("BadRequest")),
        make=rewired(request=_repaired),
        trigger=(MALFORMED,),
    ),
)
FIELDS = (
    *REQUIREMENTS,
    *(_renamed(*row) for row in _RENAMED),
    *(_ignored(*row) for row in _IGNORED),
)
