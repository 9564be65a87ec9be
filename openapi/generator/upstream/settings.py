"""The settings of openapi-python-client: those of the settings file, and those that follow from the document."""

from pathlib import Path

from ..document.document import Document
from .internals import Config, ConfigFile, MetaType
from .preparation import content_type_overrides
from .renaming import class_overrides

_DEFAULT_PACKAGE = "client"


def configuration(document: Document, settings: Path, package: str | None, output: Path) -> Config:
    """The settings for a document.

    Args:
        document: The document.
        settings: The settings file.
        package: Name of the package, by default that of the settings file.
        output: Folder to write the package to.
    """
    file = ConfigFile.load_from_path(settings)
    file.content_type_overrides = content_type_overrides(document)
    file.class_overrides = {**class_overrides(), **(file.class_overrides or {})}
    if package:
        file.package_name_override, file.project_name_override = package, package.replace("_", "-")
    return Config.from_sources(file, MetaType.NONE, Path(document.name), "utf-8", overwrite=False, output_path=output)


def package_name(settings: Path) -> str:
    """Name of the package in a settings file; `client` where it has none."""
    return ConfigFile.load_from_path(settings).package_name_override or _DEFAULT_PACKAGE
