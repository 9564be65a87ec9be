"""Operations whose result comes page by page, as the templates need them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import define

from ..document.document import tokens
from ..document.pages import PagePlan, page_plan
from ..upstream.internals import ListProperty, ModelProperty, PropertyProtocol, UnionProperty
from ..upstream.naming import RESERVED_METHODS, free
from ..upstream.properties import properties
from . import docs
from .operation_views import OperationView


@define(slots=False)
class PagesView:
    """An operation with a method for its pages.

    Args:
        operation: The operation.
        plan: How its pages follow each other.
        name: Name of the method.
        attributes: Attributes of a page that lead to its members.
        member: A member.
    """

    operation: OperationView
    plan: PagePlan
    name: str
    attributes: tuple[str, ...]
    member: PropertyProtocol

    @cached_property
    def member_type(self) -> str:
        """Type of a member."""
        return self.member.get_type_string(no_optional=True).as_unembedded_code()

    @cached_property
    def imports(self) -> list[str]:
        """Imports that this type needs, from a module beside the models."""
        return sorted({*self.member.get_imports(prefix="."), *self.member.get_lazy_imports(prefix=".")})

    @cached_property
    def max_pages(self) -> str:
        """Name of the option for how many pages are requested."""
        return free("max_pages", {str(prop.python_name) for prop in self.operation.method_properties})

    @property
    def query(self) -> tuple[str, ...]:
        """Names of the query parameters, where what names the next page is its address."""
        if self.plan.parameter is not None:
            return ()
        return tuple(view.api_name for view in self.operation.parameter_views if view.location == "query")

    def returned(self, is_async: bool) -> str:
        """What the method gives back."""
        return f"{'AsyncPages' if is_async else 'Pages'}[{self.operation.result_type}, {self.member_type}]"

    def parameters(self) -> list[str]:
        """Parameters of the method, but for `self`."""
        mismatch = f"{self.operation.on_mismatch}:" if self.operation.judges_images else None
        own = docs.method_parameters(self.operation)
        lines = [line for line in own if mismatch is None or not line.startswith(mismatch)]
        return [*lines, f"{self.max_pages}: int | None = None"]

    def docs(self, is_async: bool) -> str:
        """Docstring of the method."""
        return "\n".join(self._lines("async for" if is_async else "for"))

    def _lines(self, loop: str) -> Iterator[str]:
        yield f"Call `{self.operation.name}` for one page after another."
        yield ""
        yield (
            f"`{loop} page in client.{self.name}(…)` gives the pages, and `{loop} member in client.{self.name}(…)"
            ".members()` what they hold. Each page is a call of its own, made when it is needed."
        )
        yield ""
        yield "Args:"
        yield from docs.option_docs(self.operation)
        yield f"    {self.max_pages}: Most pages to request, or None for no limit."
        yield ""
        yield "Raises:"
        yield "    InvalidRequestError: An argument is not allowed; nothing was sent."
        yield f"    ConfigurationError: `{self.max_pages}` is not a whole number from 1; nothing was sent."
        yield (
            f"    APIError: For each page, what `{self.operation.name}` raises. A page that names one which was "
            "requested already is an `InvalidResponseError`."
        )


def page_views(operations: Sequence[OperationView]) -> list[PagesView]:
    """The operations that have a method for their pages."""
    taken = {*RESERVED_METHODS, *(view.name for view in operations), *(view.file_method for view in operations)}
    found = []
    for view in operations:
        plan = _plan(view)
        held = _held(view, plan) if plan is not None else None
        if plan is not None and held is not None:
            name = free(f"{view.name.rstrip('_')}_pages", taken)
            taken.add(name)
            found.append(PagesView(view, plan, name, *held))
    return found


def _plan(view: OperationView) -> PagePlan | None:
    if view.stream is not None or view.starts_job:
        return None
    return page_plan(view.package.document, view.pointer)


def _held(view: OperationView, plan: PagePlan) -> tuple[tuple[str, ...], PropertyProtocol] | None:
    """The attributes that lead to the members of a page, and a member; None where no type has them."""
    found: PropertyProtocol = view.successes[0].parsed.prop
    names: list[str] = []
    for token in tokens(plan.members):
        prop = next((one for one in _properties(found, view.package.models) if one[0] == token), None)
        if prop is None:
            return None
        names.append(str(prop[1].python_name))
        found = prop[1]
    members = next((one for one in _alternatives(found) if isinstance(one, ListProperty)), None)
    return (tuple(names), members.inner_property) if members is not None else None


def _properties(prop: PropertyProtocol, models: Mapping[str, ModelProperty]) -> Iterator[tuple[str, PropertyProtocol]]:
    for one in _alternatives(prop):
        if isinstance(one, ModelProperty):
            # The parser's copy of the class lacks what has been found out about the class since.
            model = models.get(str(one.class_info.name), one)
            yield from ((own.name.get_untrusted_value(), own) for own in properties(model))


def _alternatives(prop: PropertyProtocol) -> Iterator[PropertyProtocol]:
    if isinstance(prop, UnionProperty):
        for one in prop.inner_properties:
            yield from _alternatives(one)
    else:
        yield prop
