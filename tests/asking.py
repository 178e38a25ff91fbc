"""Asking the API in this process, as whoever it may be."""

from typing import Any

from marketplace.app.answers import answer_of
from marketplace.app.composition import Composition
from marketplace.app.running import PLANS
from marketplace.kernel.context import Asking
from marketplace.kernel.viewer import VISITOR, Viewer


class Answer:
    """What the API answered."""

    def __init__(self, body: dict[str, Any], status: int) -> None:
        self.body = body
        self.status = status

    def __getitem__(self, name: str) -> Any:
        """A root field of an answer without errors."""
        assert not self.errors, self.errors
        return self.body["data"][name]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The top-level errors."""
        errors: list[dict[str, Any]] = self.body.get("errors", [])
        return errors

    @property
    def codes(self) -> list[str]:
        """The codes of the top-level errors."""
        return [error.get("extensions", {}).get("code", "") for error in self.errors]


async def ask(
    composition: Composition,
    document: str,
    viewer: Viewer = VISITOR,
    **variables: object,
) -> Answer:
    """Run the document as a stranger's, limits and masks included."""
    async with composition.context(Asking(viewer=viewer)) as context:
        result = await PLANS.execute(document, variables, context)
    return Answer(*answer_of(result, "vi"))
