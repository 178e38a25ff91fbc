"""Carrying one's data away, and closing a business."""

from typing import Annotated

import strawberry

from businesses.api.stores import StoreError, store_errors
from businesses.services import closing, own_data
from marketplace.accounts.api.mutations.entrance import admit, settings_of
from marketplace.accounts.services.sign_in import proof_tries
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation

BusinessId = Annotated[strawberry.ID, strawberry.argument(description="Which business.")]


@strawberry.type
class OwnDataChange:
    """It was done, or why not."""

    errors: list[StoreError] = store_errors()


@strawberry.type
class OwnDataMutations:
    """Root mutation fields of a business's way out."""

    @mutation
    async def business_data_request(self, info: Info, business: BusinessId) -> OwnDataChange | None:
        """Have all data of one's business packed into one file."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await own_data.ask_for_data(unit, required_key("Business", business, "business"))
        return OwnDataChange()

    @mutation
    async def business_closing_ask(
        self,
        info: Info,
        business: BusinessId,
        password: Annotated[str, strawberry.argument(description="The viewer's own password.")],
    ) -> OwnDataChange | None:
        """Ask that one's business be closed in seven days; until then it can be undone."""
        viewer, address = info.context.signed_in(), info.context.asking.address
        key = required_key("Business", business, "business")
        await admit(info, proof_tries(viewer.user_id, address))
        async with info.context.change() as unit:
            await closing.ask_to_close(unit, settings_of(info), key, password)
        return OwnDataChange()

    @mutation
    async def business_closing_undo(self, info: Info, business: BusinessId) -> OwnDataChange | None:
        """Keep one's business after all."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await closing.undo_closing(unit, required_key("Business", business, "business"))
        return OwnDataChange()
