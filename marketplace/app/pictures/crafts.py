"""What hands make: brocade, basketry, brooms, chopsticks, and the flowers of the gardens."""

from marketplace.app.pictures.canvas import Sheet, poly, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.palette import BAMBOO, RED, STRAW, WOOD_DARK, lit, shaded
from marketplace.app.pictures.plants import blossom, leaf
from marketplace.app.pictures.textiles import Weave, brocade, diamond, star, weave_for
from marketplace.app.pictures.vessels import basket_back, basket_front


def draw_brocade(sheet: Sheet) -> None:
    """Brocade: a shoulder bag, folded cloths, a scarf, or cloth on a pole."""
    sheet.dice.pick((_bag, _folded, _scarf, _bag))(sheet)


def _bag(sheet: Sheet) -> None:
    dice = sheet.dice
    weave = weave_for(dice)
    x, y, half, tall = 512, 850, 270, 440
    sheet.shadow(x + 40, y, half * 1.2, 50)
    strap = f"M{x - half * 0.86} {y - tall + 20}C{x - half * 0.9} 160 {x + half * 0.9} 160 {x + half * 0.86} {y - tall + 20}"
    sheet.line(strap, shaded(weave[0], 0.2), 44)
    sheet.line(strap, weave[1], 26)
    sheet.line(strap, weave[2], 7)
    body = f"M{x - half * 0.9} {y - tall}H{x + half * 0.9}C{x + half} {y - tall * 0.5} {x + half * 1.04} {y - 60} {x + half * 0.9} {y - 16}Q{x} {y + 16} {x - half * 0.9} {y - 16}C{x - half * 1.04} {y - 60} {x - half} {y - tall * 0.5} {x - half * 0.9} {y - tall}Z"
    sheet.path(body, weave[0])
    with sheet.within(body):
        for row, (top, height) in enumerate(((y - tall + 14, 74), (y - tall + 102, 130), (y - tall + 246, 84), (y - 96, 62))):
            brocade(sheet, x - half * 1.05, top, half * 2.1, height, weave, (row + dice.whole(0, 3)) % 4)
    soft = sheet.linear([(0, "#FFFFFF", 0.2), (0.24, "#FFFFFF", 0.06), (0.6, "#1B1330", 0), (1, "#1B1330", 0.42)], (1, 0.12))
    sheet.path(body, soft)
    flap = f"M{x - half * 0.9} {y - tall}H{x + half * 0.9}L{x + half * 0.8} {y - tall * 0.72}Q{x} {y - tall * 0.5} {x - half * 0.8} {y - tall * 0.72}Z"
    if dice.chance(0.5):
        sheet.path(flap, "#1B1330", 0.25)
        with sheet.at(0, -10):
            sheet.path(flap, sheet.fall(lit(weave[0], 0.12), shaded(weave[0], 0.1)))
            sheet.path(star(x, y - tall * 0.8, 44), weave[2])
            sheet.path(diamond(x, y - tall * 0.8, 13, 13), weave[1])
    for side in (-0.7, -0.35, 0, 0.35, 0.7):
        tx = x + half * side
        colour = dice.pick((weave[1], weave[2], RED))
        sheet.line("".join(f"M{tx + k:.0f} {y - 10}q{k * 0.4:.0f} 30 {k * 0.7:.0f} 56" for k in (-12, -6, 0, 6, 12)), colour, 5)
        sheet.dot(tx, y - 12, 15, sheet.ball(colour))


def _folded(sheet: Sheet) -> None:
    dice = sheet.dice
    for index in range(4):
        weave = weave_for(dice)
        y, half = 830 - index * 118, 330 - index * 14
        x = 512 + dice.around(0, 22)
        sheet.shadow(x + 24, y, half * 1.08, 30)
        fold = f"M{x - half} {y - 104}Q{x - half - 40} {y - 52} {x - half} {y}H{x + half}V{y - 104}Z"
        sheet.path(fold, weave[0])
        with sheet.within(fold):
            brocade(sheet, x - half - 40, y - 92, half * 2 + 40, 80, weave, (index + dice.whole(0, 3)) % 4)
        sheet.path(fold, sheet.linear([(0, "#1B1330", 0.4), (0.1, "#FFFFFF", 0.16), (0.4, "#FFFFFF", 0), (1, "#1B1330", 0.3)], (1, 0)))
        sheet.line(f"M{x - half} {y - 104}Q{x - half - 40} {y - 52} {x - half} {y}", lit(weave[0], 0.3), 6)
        sheet.path(poly([(x - half, y - 104), (x - half + 40, y - 128), (x + half + 20, y - 128), (x + half, y - 104)]), lit(weave[0], 0.16))


def _scarf(sheet: Sheet) -> None:
    dice = sheet.dice
    weave = weave_for(dice)
    sheet.line("M90 200H934", WOOD_DARK, 30)
    sheet.line("M90 193H934", lit(WOOD_DARK, 0.4), 9)
    for x, wide, foot in ((350, 280, 800), (660, 260, 720)):
        _drape(sheet, x, wide, foot, weave)
        weave = weave_for(dice)


def _drape(sheet: Sheet, x: float, wide: float, foot: float, weave: Weave) -> None:
    dice = sheet.dice
    left, right = x - wide / 2, x + wide / 2
    sheet.block(left + 26, 210, wide, foot - 196, "#1B1330", 0.2)
    sheet.block(left, 184, wide, foot - 184, weave[0])
    height = 104
    for row in range(int((foot - 210) / 126)):
        brocade(sheet, left, 226 + row * 126, wide, height if row % 2 else 64, weave, (row + dice.whole(0, 3)) % 4)
    folds = sheet.linear(
        [
            (0, "#1B1330", 0.3),
            (0.14, "#FFFFFF", 0.2),
            (0.34, "#1B1330", 0.16),
            (0.52, "#FFFFFF", 0.14),
            (0.74, "#1B1330", 0.14),
            (0.86, "#FFFFFF", 0.1),
            (1, "#1B1330", 0.34),
        ],
        (1, 0),
    )
    sheet.block(left, 184, wide, foot - 184, folds)
    fringe = "".join(f"M{left + 6 + i * 12} {foot}v{46 + (i * 5) % 12}" for i in range(int(wide / 12)))
    sheet.line(fringe, weave[1], 5)
    sheet.block(left - 2, 172, wide + 4, 36, shaded(weave[0], 0.2), 1, 14)
    sheet.block(right - 8, 184, 8, foot - 184, "#1B1330", 0.2)


def draw_basketry(sheet: Sheet) -> None:
    """Basketry: baskets of many shapes, trays on the wall, a stool."""
    dice = sheet.dice
    tones = dice.shuffled((BAMBOO, "#B9824A", "#E0C48A", "#9A6A3C", "#C99A57"))
    way = dice.whole(0, 2)
    if way == 0:
        for x, y, r in ((300, 330, 190), (700, 300, 160)):
            _wall_tray(sheet, x, y, r, tones[0])
        _basket(sheet, 400, 850, 460, 300, tones[1])
        _basket(sheet, 750, 870, 300, 210, tones[2])
    elif way == 1:
        _handled(sheet, 512, 850, 520, 300, tones[0])
    else:
        _stool(sheet, 690, 850, tones[3])
        _basket(sheet, 330, 850, 420, 360, tones[1])
        tray(sheet, 560, 900, 230, 60, tones[2])


def _basket(sheet: Sheet, x: float, y: float, wide: float, tall: float, colour: str) -> None:
    basket_back(sheet, x, y, wide, tall, colour)
    basket_front(sheet, x, y, wide, tall, colour)


def _handled(sheet: Sheet, x: float, y: float, wide: float, tall: float, colour: str) -> None:
    arc = f"M{x - wide * 0.47} {y - tall}C{x - wide * 0.5} {y - tall * 2.5} {x + wide * 0.5} {y - tall * 2.5} {x + wide * 0.47} {y - tall}"
    basket_back(sheet, x, y, wide, tall, colour)
    sheet.line(arc, shaded(colour, 0.42), 40)
    sheet.line(arc, colour, 28)
    sheet.line(arc, lit(colour, 0.4), 8)
    basket_front(sheet, x, y, wide, tall, colour)


def _wall_tray(sheet: Sheet, x: float, y: float, r: float, colour: str) -> None:
    sheet.shadow(x + 24, y + 26, r * 1.1, r * 1.1, 0.3)
    sheet.dot(x, y, r, shaded(colour, 0.3))
    sheet.dot(x - 3, y - 4, r * 0.97, lit(colour, 0.2))
    sheet.dot(x, y, r * 0.88, shaded(colour, 0.34))
    sheet.dot(x + 2, y + 3, r * 0.87, sheet.weave(colour, 34, 45))
    sheet.dot(x + 2, y + 3, r * 0.87, sheet.linear([(0, "#1B1330", 0.26), (0.5, "#1B1330", 0), (1, "#FFF4D8", 0.24)], (0.7, 1)))
    sheet.path(star(x, y, r * 0.34, 8, 0.4), shaded(colour, 0.5), 0.75)


def _stool(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.shadow(x + 20, y - 6, 220, 44)
    for leg in (-150, -60, 60, 150):
        sheet.line(f"M{x + leg * 0.9} {y - 280}L{x + leg * 1.12} {y - 10}", shaded(colour, 0.3 if abs(leg) == 60 else 0.1), 26)
        sheet.line(f"M{x + leg * 0.9 - 5} {y - 280}L{x + leg * 1.12 - 6} {y - 14}", lit(colour, 0.3), 7)
    sheet.line(f"M{x - 160} {y - 100}Q{x} {y - 64} {x + 160} {y - 100}", colour, 20)
    sheet.oval(x, y - 276, 190, 66, shaded(colour, 0.4))
    sheet.oval(x, y - 292, 190, 64, lit(colour, 0.14))
    sheet.oval(x, y - 292, 166, 52, sheet.weave(colour, 26, 45))


def draw_broom(sheet: Sheet) -> None:
    """Brooms of tiger grass, bound with rattan."""
    dice = sheet.dice
    for x, turn in dice.pick((((512, 6),), ((360, -8), (670, 9)), ((330, -12), (512, 2), (700, 12)))):
        with sheet.at(x, 470, 1, turn):
            _broom(sheet)


def _broom(sheet: Sheet) -> None:
    dice = sheet.dice
    grass = dice.pick(("#C9B06A", "#B59A55", "#A8A062", "#D6BE80"))
    sheet.shadow(30, 400, 210, 40)
    sheet.line("M0 -380V40", shaded("#A87843", 0.2), 40)
    sheet.line("M-7 -380V40", lit("#A87843", 0.3), 13)
    fan = smooth([(-40, 20), (-70, 110), (-190, 380), (-90, 408), (0, 396), (90, 410), (190, 380), (70, 110), (40, 20)])
    sheet.path(fan, sheet.linear([(0, lit(grass, 0.2), 1), (0.5, grass, 1), (1, shaded(grass, 0.3), 1)], (1, 0)))
    for tone, count in ((shaded(grass, 0.3), 30), (lit(grass, 0.3), 30), (shaded(grass, 0.1), 20)):
        blades = ""
        for _ in range(count):
            at = dice.around(0, 1)
            blades += f"M{at * 38:.0f} 40Q{at * 64:.0f} 160 {at * 205:.0f} {dice.between(350, 424):.0f}"
        sheet.line(blades, tone, 4, 0.8)
    plumes = "".join(f"M{dice.around(0, 180):.0f} {dice.between(300, 400):.0f}q6 14 2 30" for _ in range(40))
    sheet.line(plumes, lit(grass, 0.5), 6, 0.7)
    for y, colour in ((20, RED), (54, STRAW), (96, RED), (140, STRAW)):
        wide = 40 + y * 0.24
        sheet.line(f"M{-wide} {y}Q0 {y + 16} {wide} {y}", shaded(colour, 0.2), 17)
        sheet.line(f"M{-wide} {y - 3}Q0 {y + 13} {wide} {y - 3}", lit(colour, 0.2), 6)
    sheet.line("M0 -376q-30 -50 0 -64t6 60", STRAW, 8)


def draw_chopsticks(sheet: Sheet) -> None:
    """Chopsticks: a bound bundle, and a pair on its rest."""
    dice = sheet.dice
    woods = dice.pick((("#D8B36A", "#C49A52", "#E6CB8E"), ("#7C4A30", "#633A28", "#96603E"), ("#B5824C", "#9A6A3A", "#CC9F68")))
    tie = dice.pick((RED, "#2F6B4F", "#31437E"))
    if dice.chance(0.55):
        sheet.shadow(540, 850, 190, 46)
        for index in range(17):
            at = (index - 8) * 17
            tone = woods[index % 3]
            sheet.line(f"M{512 + at * 0.9} {840 - (index % 2) * 6}L{512 + at * 1.3 + dice.around(0, 6)} {220 + dice.around(0, 26)}", shaded(tone, 0.2), 19)
            sheet.line(f"M{508 + at * 0.9} {838}L{508 + at * 1.3} {236}", lit(tone, 0.22), 5, 0.7)
        band = smooth([(344, 560), (512, 586), (680, 560), (676, 668), (512, 694), (348, 668)])
        sheet.path(band, tie)
        with sheet.within(band):
            brocade(sheet, 330, 580, 370, 90, weave_for(dice), dice.whole(0, 3))
        sheet.path(band, sheet.linear([(0, "#FFFFFF", 0.2), (0.6, "#FFFFFF", 0), (1, "#1B1330", 0.4)], (1, 0)))
    else:
        for index in range(6):
            y = 560 + index * 50
            for gap in (0, 22):
                sheet.line(f"M150 {y + gap + 14}L880 {y + gap - 26}", "#1B1330", 15, 0.2)
                sheet.line(f"M150 {y + gap}L880 {y + gap - 40}", woods[index % 3], 16)
                sheet.line(f"M160 {y + gap - 4}L870 {y + gap - 44}", lit(woods[index % 3], 0.4), 4, 0.7)
                sheet.line(f"M150 {y + gap}L250 {y + gap - 6}", tie, 17)
        for x in (380, 660):
            band = poly([(x, 530), (x + 70, 526), (x + 70, 842), (x, 848)])
            sheet.path(band, sheet.fall(lit(tie, 0.3), shaded(tie, 0.2)))
            sheet.path("".join(diamond(x + 35, 566 + i * 50, 16, 20) for i in range(6)), "#F6E3B0")


def draw_flowers(sheet: Sheet) -> None:
    """A peach tree in its pot, or a garden orchid."""
    dice = sheet.dice
    glaze = dice.pick(("#31437E", "#A8503A", "#2F6B4F", "#5B6E7A", "#E9DFC8"))
    wide = 330
    sheet.shadow(540, 900, 230, 44)
    if dice.chance(0.6):
        _peach(sheet)
    else:
        _orchid(sheet)
    pot = f"M{512 - wide / 2} 690H{512 + wide / 2}C{512 + wide * 0.46} 800 {512 + wide * 0.4} 870 {512 + wide * 0.3} 900H{512 - wide * 0.3}C{512 - wide * 0.4} 870 {512 - wide * 0.46} 800 {512 - wide / 2} 690Z"
    sheet.path(pot, sheet.tube(glaze, 0.3))
    with sheet.within(pot):
        brocade(sheet, 330, 760, 364, 64, (glaze, lit(glaze, 0.5), lit(glaze, 0.3), "#FBF8F1"), dice.whole(0, 3))
    sheet.path(pot, sheet.linear([(0, "#FFFFFF", 0.14), (0.5, "#FFFFFF", 0), (1, "#1B1330", 0.4)], (1, 0)))
    sheet.block(512 - wide * 0.55, 664, wide * 1.1, 44, sheet.tube(lit(glaze, 0.1)), 1, 12)


def _peach(sheet: Sheet) -> None:
    dice = sheet.dice
    bark, petal = "#5B3F36", dice.pick(("#EE8FA2", "#F3A9B4", "#E0627F", "#F7C4C8"))
    sheet.line("M512 690C490 600 550 540 505 450S560 330 530 250", bark, 34)
    sheet.line("M504 690C482 600 542 540 497 450S552 330 522 250", lit(bark, 0.3), 9, 0.7)
    tips = []
    for x0, y0, x1, y1 in (
        (516, 560, 300, 420),
        (512, 540, 740, 410),
        (505, 450, 270, 270),
        (520, 400, 770, 250),
        (536, 320, 400, 160),
        (530, 270, 640, 140),
        (530, 260, 530, 120),
    ):
        sheet.line(f"M{x0} {y0}Q{(x0 + x1) / 2 + dice.around(0, 20):.0f} {y0 - 20} {x1} {y1}", bark, 14)
        tips += [
            (x0 + (x1 - x0) * s + dice.around(0, 30), y0 + (y1 - y0) * s - 26 * (1 - s) + dice.around(0, 30)) for s in (0.3, 0.46, 0.6, 0.74, 0.86, 0.96, 1.04)
        ]
    for x, y in tips:
        if dice.chance(0.22):
            leaf(sheet, x, y, 50, 20, dice.between(-160, -20), "#8DB15B", veins=0)
        blossom(sheet, x, y, dice.between(19, 34), dice.pick((petal, lit(petal, 0.3), shaded(petal, 0.06))))


def _orchid(sheet: Sheet) -> None:
    dice = sheet.dice
    petal = dice.pick(("#F3D9E4", "#E3C94A", "#D99AB8", "#F7F0E0"))
    for turn in (-150, -132, -112, -70, -50, -32, -92):
        with sheet.at(512, 690, 1, turn + dice.around(0, 5)):
            sheet.path("M0 -16C160 -40 330 -24 440 40C320 10 160 10 0 18Z", sheet.fall("#7FA85A", "#3F7A45"))
    for lean in (-150, 30, 190):
        sheet.line(f"M512 690Q{512 + lean * 0.2} 420 {512 + lean * 1.3} 170", "#6E8F4A", 11)
        for index in range(5):
            share = index / 4
            side = 34 if index % 2 else -34
            x = 512 + lean * (0.42 + share * 0.8) + side
            y = 450 - share * 270
            sheet.line(f"M{x} {y}L{x - side} {y + 26}", "#6E8F4A", 5)
            _orchid_flower(sheet, x, y, 54 - 14 * share, petal)


def _orchid_flower(sheet: Sheet, x: float, y: float, size: float, petal: str) -> None:
    """Five narrow petals and a dark lip."""
    with sheet.at(x, y, size / 50, sheet.dice.around(0, 14)):
        for angle, tone in ((-90, petal), (-162, shaded(petal, 0.08)), (-18, shaded(petal, 0.08)), (140, lit(petal, 0.2)), (40, lit(petal, 0.2))):
            with sheet.at(0, 0, 1, angle + 90):
                sheet.path("M0 0C-20 -14 -18 -42 0 -56C18 -42 20 -14 0 0Z", tone)
                sheet.line("M0 -6V-42", shaded(petal, 0.2), 2, 0.5)
        sheet.path("M-10 0C-20 16 -10 30 0 30C10 30 20 16 10 0Z", "#A8385A")
        sheet.path("M-6 2C-10 12 -4 18 0 18C4 18 10 12 6 2Z", "#F2C53C")
