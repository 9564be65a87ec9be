"""How a shell completes the commands, their options and their values: what `--help` says of it."""

from collections.abc import Iterator

_SHELLS = (
    ("~/.bashrc", 'eval "$({variable}=bash_source {name})"'),
    ("~/.zshrc", 'eval "$({variable}=zsh_source {name})"'),
    ("config.fish", "{variable}=fish_source {name} | source"),
)
"""The files that bash, zsh and fish read when they start, and the line to put there: `click` serves these shells."""


def completion(name: str) -> str:
    """What the help says of completion; empty for a program that is started in another way than by its name.

    Args:
        name: Name of the program, as it was started.
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        return ""
    return "\b\n" + "\n".join(["To complete commands, options and values, add a line to:", *_lines(name)])


def _lines(name: str) -> Iterator[str]:
    variable = f"_{name}_COMPLETE".replace("-", "_").upper()
    for file, line in _SHELLS:
        yield f"  {file:<11}  {line.format(variable=variable, name=name)}"
