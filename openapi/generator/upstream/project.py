"""The project of openapi-python-client, which renders its templates into files, with templates of ours in front."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, Template

from ..document.document import Document
from .imports import with_used_imports
from .internals import Config, GeneratorData, Project
from .parsing import report


class _ModuleTemplate(Template):
    """A template of a module."""

    def render(self, *args: Any, **names: Any) -> str:
        """The module."""
        return with_used_imports(super().render(*args, **names))


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
