"""The project of openapi-python-client, which renders its templates into files, with templates of ours in front."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader, PackageLoader, Template
from jinja2.bccache import Bucket

from ..document.document import Document
from .imports import with_used_imports
from .internals import Config, GeneratorData, Project
from .parsing import report


class _ModuleTemplate(Template):
    """A template of a module."""

    def render(self, *args: Any, **names: Any) -> str:
        """The module."""
        return with_used_imports(super().render(*args, **names))


class _Compiled(BytecodeCache):
    """Compiled templates, kept in memory: a package is written again without what has turned out to be unusable."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class TemplateProject(Project):
    """Writes a package from templates: those of a folder, and the stock ones where that has none of the same name.

    Args:
        data: The document as openapi-python-client has read it.
        config: Its settings.
        templates: Folder of our templates.
    """

    def __init__(self, data: GeneratorData, config: Config, templates: Path) -> None:
        super().__init__(openapi=data, config=config)
        stock = PackageLoader(Project.__module__)
        self.env.template_class = _ModuleTemplate
        self.env.loader = ChoiceLoader([FileSystemLoader(templates), stock])
        self.env.bytecode_cache = _COMPILED

    def offer(self, names: Mapping[str, object], filters: Mapping[str, object]) -> None:
        """Let templates use names and filters."""
        self.env.globals.update(names)
        self.env.filters.update(filters)

    def write_package(self, document: Document, modules: Iterable[str]) -> None:
        """Write the package into the folder of the settings.

        Args:
            document: The document that it is made from.
            modules: Files of its own that have a template of the same name, besides those that any package has.

        Raises:
            SpecError: openapi-python-client could not write all of it.
        """
        self.project_dir.mkdir(parents=True)
        self._create_package()
        self._build_models()
        self._build_api()
        for name in modules:
            text = self.env.get_template(f"{name}.jinja").render()
            (self.package_dir / name).write_text(text, encoding=self.config.file_encoding)
        report(document, self.errors)
