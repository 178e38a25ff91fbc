"""Drawn pictures: goods, scenes, marks. Pure: the same name and seed give the same bytes."""

from marketplace.app.pictures.encode import PictureFormat, encode
from marketplace.app.pictures.kinds import KINDS
from marketplace.app.pictures.marks import (
    draw_band,
    draw_brand,
    draw_contours,
    draw_favicon,
    draw_logo,
    draw_share_card,
)
from marketplace.app.pictures.products import draw_product
from marketplace.app.pictures.scenes import SCENES, draw_scene
from marketplace.app.pictures.static import write_static

__all__ = [
    "KINDS",
    "SCENES",
    "PictureFormat",
    "draw_band",
    "draw_brand",
    "draw_contours",
    "draw_favicon",
    "draw_logo",
    "draw_product",
    "draw_scene",
    "draw_share_card",
    "encode",
    "write_static",
]
