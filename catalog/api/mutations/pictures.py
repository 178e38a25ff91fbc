"""Pictures of a product: hung, arranged, told in words, cut square."""

from typing import Annotated

import strawberry

from catalog.api.mutations.products import ProductChange, picture_key
from catalog.api.queries.roots import own_product
from catalog.services.pictures import hang_pictures
from catalog.services.products import locked_product
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.services.cropping import CropPart, crop_square

strawberry.enum(
    CropPart,
    name="CropPartEnum",
    description="Which part of the longer side a square keeps.",
)


@strawberry.input(description="A picture and its words.")
class ProductPictureInput:
    """Its place is its place in the list."""

    media: strawberry.ID = strawberry.field(description="The picture.")
    alt: str = strawberry.field(
        default="",
        description="What it shows, in words; left empty, it keeps what it had.",
    )
    crop: CropPart | None = strawberry.field(
        default=None,
        description="Hang a square of it in its place.",
    )


@strawberry.type
class PictureMutations:
    """Root mutation fields of the pictures of goods."""

    @mutation
    async def product_pictures_set(
        self,
        info: Info,
        id: strawberry.ID,
        pictures: Annotated[
            list[ProductPictureInput],
            strawberry.argument(description="All its pictures, in order."),
        ],
    ) -> ProductChange | None:
        """Hang these pictures on a product, in this order and with these words."""
        info.context.signed_in()
        key = required_key("Product", id)
        store = info.context.ports[MEDIA_STORE]
        async with info.context.change() as unit:
            product = await locked_product(unit, key)
            wanted = []
            for each in pictures:
                media_id = picture_key(each.media)
                if each.crop is not None:
                    media_id = (await crop_square(unit, store, media_id, each.crop)).id
                    await unit.session.flush()
                wanted.append((media_id, each.alt))
            await hang_pictures(unit, product, wanted)
        return ProductChange(product=await own_product(info, key))
