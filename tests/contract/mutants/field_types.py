"""Fields that accept values of more types than documented, or of fewer."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeGuard

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import SCHEDULERS, Fields
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from tests.contract.mutants.mutant import ServiceMutant, behaving
from tests.contract.mutants.pointers import field_pointer
from tests.contract.mutants.triggers import image_request


def _typed(name: str, attribute: str, change: str, behaviour: Behaviour, revealing: object) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="bound",
        change=change,
        pointers=(field_pointer(attribute, "type"),),
        make=behaving(behaviour),
        trigger=(image_request(**{attribute: revealing}),),
    )


def _reading(name: str, convert: Callable[[object], object]) -> Behaviour:
    """Return a service that converts the value of one field before it checks it."""

    def read(fields: Fields) -> Fields:
        return {**fields, name: convert(fields[name])} if name in fields else fields

    return evolve(DOCUMENTED, read=read)


def _refusing(name: str, wrong: Callable[[object], bool]) -> Behaviour:
    def convert(value: object) -> object:
        if wrong(value):
            raise Refused(Reason.WRONG_TYPE)
        return value

    return _reading(name, convert)


def _from_text(value: object) -> object:
    """Convert text to a number if possible, as for the fields of a form."""
    if not isinstance(value, str):
        return value
    for read in (int, float):
        with suppress(ValueError):
            return read(value)
    return value


def _text_only(name: str) -> Behaviour:
    """Return a service that accepts a number only as text."""

    def convert(value: object) -> object:
        if not isinstance(value, str):
            raise Refused(Reason.WRONG_TYPE)
        return _from_text(value)

    return _reading(name, convert)


def _is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _scheduler_at(value: object) -> object:
    """Return the scheduler at a place in the list; a name is refused."""
    if not _is_integer(value):
        raise Refused(Reason.WRONG_TYPE)
    return dict(enumerate(SCHEDULERS)).get(value, value)


def _without_nulls(*names: str) -> Behaviour:
    """Return a service that takes null in some fields as their default."""

    def read(fields: Fields) -> Fields:
        return {name: value for name, value in fields.items() if value is not None or name not in names}

    return evolve(DOCUMENTED, read=read)


_OPTIONAL = tuple(row.name for row in DOCUMENTED.attributes if not row.required)

_LOOSENED = (
    _typed(
        "steps-fractions-accepted",
        "steps",
        "`steps` accepts fractions.",
        DOCUMENTED.with_attribute("steps", kind="float"),
        4.5,
    ),
    _typed(
        "seed-fractions-accepted",
        "seed",
        "`seed` accepts fractions.",
        DOCUMENTED.with_attribute("seed", kind="float"),
        1.5,
    ),
    *(
        _typed(
            f"{name}-text-accepted",
            name,
            f"`{name}` accepts a number in a string.",
            _reading(name, _from_text),
            revealing,
        )
        for name, revealing in (
            ("steps", "5"),
            ("seed", "7"),
            ("samples", "1"),
            ("width", "520"),
            ("height", "520"),
            ("denoise", "0.5"),
        )
    ),
    _typed(
        "steps-booleans-accepted",
        "steps",
        "`steps` accepts true as 1.",
        _reading("steps", lambda value: int(value) if isinstance(value, bool) else value),
        True,
    ),
    _typed(
        "prompt-numbers-accepted",
        "prompt",
        "`prompt` accepts a number as text.",
        _reading("prompt", lambda value: str(value) if isinstance(value, int | float) else value),
        7,
    ),
    _typed(
        "seed-null-accepted",
        "seed",
        "`seed` accepts null as the default.",
        _without_nulls("seed"),
        None,
    ),
    ServiceMutant(
        name="nulls-accepted",
        kind="bound",
        change="All optional fields accept null as the default.",
        pointers=tuple(field_pointer(name, "type") for name in _OPTIONAL),
        make=behaving(_without_nulls(*_OPTIONAL)),
        trigger=tuple(image_request(**{name: None}) for name in _OPTIONAL),
    ),
)
_TIGHTENED = (
    _typed(
        "denoise-integers-only",
        "denoise",
        "`denoise` accepts no fractions.",
        DOCUMENTED.with_attribute("denoise", kind="int"),
        0.5,
    ),
    _typed(
        "denoise-integers-refused",
        "denoise",
        "`denoise` accepts 1.0 but no longer 1.",
        _refusing("denoise", _is_integer),
        1,
    ),
    _typed("steps-text-only", "steps", "`steps` must be in a string.", _text_only("steps"), 5),
    _typed("seed-text-only", "seed", "`seed` must be in a string.", _text_only("seed"), 7),
    _typed(
        "scheduler-by-number",
        "scheduler",
        "`scheduler` accepts the number of a name in the list but no longer the name.",
        _reading("scheduler", _scheduler_at),
        "karras",
    ),
)
FIELD_TYPES = (*_LOOSENED, *_TIGHTENED)
