"""The kinds of goods and who draws them."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.app.pictures import cakes, crafts, drinks, forest, fruits, herbs, meats, noodles, staples, travel
from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.packs import PACK_COLOURS, carton, pouch, sack
from marketplace.app.pictures.vessels import basket_back, basket_front, bottle, jar

Painter = Callable[[Sheet], None]


@dataclass(frozen=True)
class Kind:
    """How a kind is drawn: its painter, the walls that suit it, what may lie under it."""

    painter: Painter
    mood: str = "any"
    bases: tuple[str, ...] = ("none", "cloth", "leaf")
    is_landscape: bool = False


def draw_goods(sheet: Sheet) -> None:
    """Draw a woven basket of goods, for whatever has no picture of its own."""
    basket_back(sheet, 512, 850, 620, 360)
    with sheet.at():
        bottle(sheet, 400, 640, 150, 430, "#D9A13A")
        jar(sheet, 590, 660, 190, 300, "#B5532E")
        pouch(sheet, 690, 690, 200, 330, sheet.dice.pick(PACK_COLOURS))
    basket_front(sheet, 512, 850, 620, 360)


def _sacks(sheet: Sheet) -> None:
    sack(sheet, 512, 850, 400, 480, "#E9D9B6")


def _boxes(sheet: Sheet) -> None:
    carton(sheet, 512, 840, 420, 360, sheet.dice.pick(PACK_COLOURS))


GOODS = Kind(draw_goods)
KINDS: dict[str, Kind] = {
    "hong-khong-hat-tuoi": Kind(fruits.draw_persimmons),
    "hong-khong-hat-say-deo-treo-gio": Kind(fruits.draw_dried_persimmons),
    "quyt-bac-kan": Kind(fruits.draw_mandarins),
    "cam-sanh-cam-xa-doai": Kind(fruits.draw_oranges),
    "mo-vang-tuoi": Kind(fruits.draw_apricots),
    "man-mau": Kind(fruits.draw_plums, "light"),
    "le-vang-le-nau": Kind(fruits.draw_pears),
    "hat-de-van": Kind(fruits.draw_chestnuts, "light"),
    "tram-den": Kind(fruits.draw_canarium, "light"),
    "mien-dong-soi-trang-vang": Kind(noodles.draw_glass_noodles, "deep"),
    "mien-dong-hop-qua": Kind(noodles.draw_noodle_gift),
    "bun-kho-gao-bao-thai": Kind(noodles.draw_rice_noodles, "deep"),
    "pho-kho": Kind(noodles.draw_flat_noodles, "deep"),
    "gao-bao-thai-cho-don": Kind(staples.rice_painter("bao-thai"), "deep"),
    "gao-japonica-ds1": Kind(staples.rice_painter("japonica"), "deep"),
    "gao-nep-khau-nua-lech": Kind(staples.rice_painter("sticky"), "deep"),
    "gao-nep-tai-nep-nuong": Kind(staples.rice_painter("upland")),
    "bi-xanh-thom-ba-be": Kind(staples.draw_gourds, "light", ("none", "cloth")),
    "khoai-mon": Kind(staples.draw_taro),
    "khoai-lang-ngan-son": Kind(staples.draw_sweet_potatoes),
    "gung-da-gung-trau": Kind(staples.draw_ginger),
    "lac-do": Kind(staples.bean_painter(("#A8434A", "#8E2F3A", "#C4655C"), length=15, thick=21)),
    "do-nho-nhe": Kind(staples.bean_painter(("#9A7A3E", "#B5935A", "#7E6A34"), length=11, thick=13)),
    "ngo-nep-bot-ngo": Kind(staples.draw_maize, "any", ("none", "cloth", "board")),
}
KINDS |= {
    "mang-kho-vau-nua": Kind(forest.draw_dried_shoots),
    "mang-ot-mang-chua": Kind(forest.draw_pickled_shoots, "any", ("none", "cloth", "tray")),
    "moc-nhi-kho": Kind(forest.draw_wood_ears, "light"),
    "nam-huong-kho": Kind(forest.draw_shiitake, "light"),
    "rau-bo-khai-rau-don-theo-mua": Kind(forest.draw_wild_greens, "light", ("none", "cloth")),
    "bot-san-day-tinh-bot-dong-rieng": Kind(forest.draw_starch, "deep"),
    "thach-den-la-kho-bot": Kind(forest.draw_jelly_leaves, "light", ("none", "cloth")),
    "lap-suon": Kind(meats.draw_sausages, "any", ("none",)),
    "thit-lon-treo-gac-bep": Kind(meats.draw_smoked_pork, "any", ("none",)),
    "thit-trau-gac-bep": Kind(meats.draw_smoked_buffalo, "light", ("none",)),
    "thit-lon-den-ban-dia": Kind(meats.draw_pork, "any", ("none", "leaf")),
    "ga-doi-tha-vuon-lam-sach": Kind(meats.draw_chicken, "any", ("none", "cloth")),
    "ca-nuong-ba-be": Kind(meats.draw_grilled_fish, "any", ("none",)),
    "tep-chua-tom-chua-ba-be": Kind(meats.draw_fermented_shrimp),
}
KINDS |= {
    "banh-khao": Kind(cakes.draw_khao, "any", ("none", "cloth")),
    "banh-gio-peng-dang": Kind(cakes.draw_ash_cakes, "any", ("none",)),
    "banh-troi-peng-pha": Kind(cakes.draw_sky_cakes),
    "vien-tinh-nghe-mat-ong": Kind(cakes.draw_honey_pills, "any", ("none", "cloth")),
    "mo-muoi-o-mai-mo": Kind(drinks.draw_salted_apricots),
    "giam-chuoi": Kind(drinks.liquor_painter("#D9B45A", "banana")),
    "mat-ong-rung-hoa-rung": Kind(drinks.draw_honey, "any", ("none", "cloth", "leaf", "board")),
    "tra-shan-tuyet-bang-phuc": Kind(drinks.tea_painter(("#4A5A3A", "#D9D9C4", "#6B7A50", "#34422E"), "#C9A23A", sign="leaf")),
    "tra-giao-co-lam-nui-da": Kind(drinks.tea_painter(("#5E7A3E", "#7F9A50", "#4A6234"), "#B9A23A", sign="vine")),
    "tra-hoa-vang-bong-say": Kind(drinks.tea_painter(("#E3B43A", "#C98F24", "#F2CE62"), "#E3B94A", sign="flower", length=20, thick=18, curl=0.2)),
    "tra-hoa-vang-tui-loc": Kind(drinks.tea_painter(("#E3B43A", "#C98F24"), "#E3B94A", sign="flower", boxed=True)),
    "tra-nu-voi": Kind(drinks.tea_painter(("#7A7440", "#5E5A34", "#98904F"), "#A8742E", sign="bud", length=14, thick=13, curl=0)),
    "tra-muop-dang-rung": Kind(drinks.tea_painter(("#6E7A40", "#8E9450"), "#B5963A", sign="melon", boxed=True)),
    "tra-bi-xanh-thom": Kind(drinks.tea_painter(("#8E9A5A", "#B5B878"), "#C9B45A", sign="gourd", boxed=True)),
    "che-day": Kind(drinks.tea_painter(("#6E7A5E", "#D2D3C4", "#8A937A", "#4F5A44"), "#B5843A", sign="vine", length=38, thick=8)),
    "siro-nuoc-cot-mo": Kind(drinks.liquor_painter("#E0912E", "apricot")),
    "ruou-men-la-bang-phuc": Kind(drinks.liquor_painter("#E9EDE0", "yeast"), "deep"),
    "ruou-chuoi-men-la": Kind(drinks.liquor_painter("#C98A3A", "banana")),
    "ruou-mo": Kind(drinks.liquor_painter("#E3B24A", "apricot")),
    "tinh-bot-nghe-nep-do": Kind(herbs.draw_turmeric),
    "tinh-bot-nghe-den": Kind(herbs.draw_black_turmeric),
    "curcumin-nano-curcumin-vien": Kind(herbs.draw_capsules, "any", ("none", "cloth")),
    "ca-gai-leo-kho-cao": Kind(herbs.draw_climbing_nightshade),
    "ba-kich-kho": Kind(herbs.draw_morinda),
    "tinh-dau-hoi-sa-que": Kind(herbs.draw_oils),
    "thuoc-tam-ngam-chan-nguoi-dao": Kind(herbs.draw_bath_herbs, "any", ("none", "leaf")),
}
KINDS |= {
    "tho-cam-tay-dao-tui-khan": Kind(crafts.draw_brocade, "light", ("none",)),
    "dan-lat-may-tre-gio-met-ghe": Kind(crafts.draw_basketry, "any", ("none",)),
    "choi-chit": Kind(crafts.draw_broom, "any", ("none",)),
    "dua-go-tre": Kind(crafts.draw_chopsticks, "any", ("none", "cloth")),
    "hoa-dao-dia-lan-trong-vuon": Kind(crafts.draw_flowers, "any", ("none",)),
    "homestay-ho-ba-be-dem": Kind(travel.draw_homestay, is_landscape=True),
    "tour-thuyen-ho-ba-be": Kind(travel.draw_boat_tour, is_landscape=True),
}
