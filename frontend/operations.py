"""The site's GraphQL operations, read from files and run in this process.

A document is `graphql/operations/<area>/<name>.graphql`; the fragments it names are taken from
`graphql/fragments/` and appended, so that a template part and its fragment stay a pair.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from marketplace.kernel.i18n import Language
from marketplace.kernel.viewer import Viewer

ROOT: Final = Path(__file__).parents[1] / "graphql"
_SPREAD: Final = re.compile(r"\.\.\.\s*([A-Z]\w*)")
_FRAGMENT: Final = re.compile(r"^fragment\s+(\w+)\s+on\s", re.MULTILINE)


class Executor(Protocol):
    """Runs one GraphQL document; the composition root supplies it."""

    async def __call__(
        self,
        document: str,
        variables: Mapping[str, Any],
        viewer: Viewer,
        language: Language,
    ) -> Mapping[str, Any]:
        """Return the operation's data, or raise what its top-level errors stand for."""
        ...


class Operations:
    """Every operation of the site, by the name of its file."""

    def __init__(self, executor: Executor, root: Path = ROOT) -> None:
        self._executor = executor
        self._documents = read_documents(root)

    @property
    def documents(self) -> Mapping[str, str]:
        """The complete documents by name."""
        return self._documents

    async def run(
        self, name: str, viewer: Viewer, language: Language, **variables: object
    ) -> Mapping[str, Any]:
        """Run the operation of that name; documents that ask for a language are told it."""
        document = self._documents[name]
        if "$languageCode" in document:
            variables = {"languageCode": language.upper(), **variables}
        return await self._executor(document, variables, viewer, language)


def read_documents(root: Path = ROOT) -> dict[str, str]:
    """Each operation of the folder with the fragments that it needs, by file name."""
    fragments = _read_fragments(root / "fragments")
    found: dict[str, str] = {}
    for path in sorted((root / "operations").rglob("*.graphql")):
        if path.stem in found:
            raise ValueError(f"Two operations are called {path.stem}.")
        found[path.stem] = _with_fragments(path.read_text(encoding="utf-8"), fragments)
    return found


def _read_fragments(folder: Path) -> dict[str, str]:
    """The text of each fragment by its own name."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.graphql")):
        text = path.read_text(encoding="utf-8")
        starts = [match.start() for match in _FRAGMENT.finditer(text)]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            part = text[start:end].strip()
            found[_FRAGMENT.findall(part)[0]] = part
    return found


def _with_fragments(document: str, fragments: Mapping[str, str]) -> str:
    """The document and everything it spreads, directly or through another fragment."""
    needed: dict[str, str] = {}
    waiting = _SPREAD.findall(document)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = fragments[name]
            waiting += _SPREAD.findall(fragments[name])
    return "\n\n".join([document.strip(), *needed.values()]) + "\n"
