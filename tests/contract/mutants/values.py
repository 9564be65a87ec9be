"""Changed defaults, and enums that are shorter or no longer checked."""

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import SAMPLERS_INFERRED, SCHEDULERS, Fields, Value
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from tests.contract.mutants.mutant import ServiceMutant, behaving
from tests.contract.mutants.pointers import OPERATION_TEXT, field_pointer
from tests.contract.mutants.triggers import ACCEPTED, image_request, image_request_without

_DEFAULTS: tuple[tuple[str, Value], ...] = (
    ("steps", 5),
    ("seed", 42),
    ("sampler_name", "dpm_2"),
    ("scheduler", "simple"),
    ("samples", 2),
    ("width", 768),
    ("height", 768),
    ("denoise", 0.75),
)
_MEMBERS = (
    ("sampler_name", "euler"),
    ("sampler_name", "heun"),
    ("sampler_name", "dpm_fast"),
    ("sampler_name", "dpm_adaptive"),
    ("sampler_name", "lcm"),
    ("sampler_name", "uni_pc_bh2"),
    ("scheduler", "normal"),
    ("scheduler", "karras"),
    ("scheduler", "ddim_uniform"),
)


def _default(name: str, value: Value) -> ServiceMutant:
    return ServiceMutant(
        name=f"{_kebab(name)}-default-{_kebab(str(value))}",
        kind="default",
        change=f"`{name}` is {value} when it is left out.",
        pointers=(field_pointer(name, "default"),),
        make=behaving(DOCUMENTED.with_attribute(name, default=value)),
        trigger=(image_request_without(name),),
    )


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _allowing(name: str, *members: str) -> Behaviour:
    return DOCUMENTED.with_attribute(name, allowed=members)


def _place(name: str, member: str) -> str:
    """Return the pointer of an enum member, whose index is the same in the document and in the vendor's table."""
    return field_pointer(name, "enum", str(DOCUMENTED.attribute(name).allowed.index(member)))


def _without(name: str, member: str) -> ServiceMutant:
    members = DOCUMENTED.attribute(name).allowed
    return ServiceMutant(
        name=f"{_kebab(name)}-without-{_kebab(member)}",
        kind="enum",
        change=f"`{name}` no longer accepts `{member}`.",
        pointers=(_place(name, member),),
        make=behaving(_allowing(name, *(one for one in members if one != member))),
        trigger=(image_request(**{name: member}),),
    )


def _renamed(name: str, member: str, to: str) -> ServiceMutant:
    members = DOCUMENTED.attribute(name).allowed
    return ServiceMutant(
        name=f"{_kebab(name)}-renamed-{_kebab(to)}",
        kind="enum",
        change=f"The `{member}` of `{name}` is called {to}.",
        pointers=(_place(name, member),),
        make=behaving(_allowing(name, *(to if one == member else one for one in members))),
        trigger=(image_request(**{name: member}),),
    )


def _unchecked(name: str) -> ServiceMutant:
    return ServiceMutant(
        name=f"{_kebab(name)}-unchecked",
        kind="enum",
        change=f"`{name}` accepts any text.",
        pointers=(field_pointer(name, "enum"),),
        make=behaving(_allowing(name)),
        trigger=(image_request(**{name: "no-such-value"}),),
    )


def _replaced(name: str) -> ServiceMutant:
    row = DOCUMENTED.attribute(name)

    def read(fields: Fields) -> Fields:
        value = fields.get(name)
        unknown = isinstance(value, str) and value not in row.allowed
        return {**fields, name: row.default} if unknown else fields

    return ServiceMutant(
        name=f"{_kebab(name)}-unknown-replaced",
        kind="enum",
        change=f"An unknown `{name}` is accepted and replaced by the default.",
        pointers=(field_pointer(name, "enum"),),
        make=behaving(evolve(DOCUMENTED, read=read)),
        trigger=(image_request(**{name: "no-such-value"}),),
    )


def _shortened(name: str, change: str, attribute: str, *members: str, revealing: str) -> ServiceMutant:
    dropped = [one for one in DOCUMENTED.attribute(attribute).allowed if one not in members]
    return ServiceMutant(
        name=name,
        kind="enum",
        change=change,
        pointers=(field_pointer(attribute, "enum"), *(_place(attribute, one) for one in dropped)),
        make=behaving(_allowing(attribute, *members)),
        trigger=(image_request(**{attribute: revealing}),),
    )


DEFAULTS = (
    *(_default(*row) for row in _DEFAULTS),
    ServiceMutant(
        name="seed-default-random",
        kind="default",
        change="A `seed` that is left out is random every time.",
        pointers=(field_pointer("seed", "default"), field_pointer("seed", "description"), OPERATION_TEXT),
        make=behaving(DOCUMENTED.with_attribute("seed", default=-1)),
        trigger=(ACCEPTED, ACCEPTED),
    ),
)
_VENDORS = tuple(one for one in DOCUMENTED.attribute("sampler_name").allowed if one not in SAMPLERS_INFERRED)
ENUMS = (
    *(_without(*row) for row in _MEMBERS),
    _renamed("sampler_name", "heunpp2", "heun_pp2"),
    _renamed("scheduler", "sgm_uniform", "sgm"),
    _unchecked("sampler_name"),
    _unchecked("scheduler"),
    _replaced("sampler_name"),
    _replaced("scheduler"),
    _shortened(
        "sampler-name-vendor-ten-only",
        "`sampler_name` accepts only the ten names of the vendor's list.",
        "sampler_name",
        *_VENDORS,
        revealing="deis",
    ),
    _shortened(
        "scheduler-normal-only",
        "`scheduler` accepts only its default.",
        "scheduler",
        SCHEDULERS[0],
        revealing="simple",
    ),
)
