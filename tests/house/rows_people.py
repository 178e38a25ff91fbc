"""Who may ask for what about the people of a business."""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.factories.world import World
from tests.house.rows import CHANGE, Row, Variables, gid, opened, slug, upload


def member(name: str) -> Variables:
    """The variable `id`: the membership of somebody in the business."""
    return gid("BusinessMember", f"{name}_member")


QUERIES: Final = (
    Row(
        "memberInvitation",
        "without its link",
        "------",
        '{ memberInvitation(token: "none") { id } }',
    ),
    Row(
        "workspace",
        "its members",
        "--++-+",
        "query($slug: String!) { workspace(slug: $slug) { members { id } } }",
        slug("business"),
        ("members", 0),
    ),
    Row(
        "workspace",
        "its invitations",
        "---+-+",
        "query($slug: String!) { workspace(slug: $slug) { invitations { id } } }",
        slug("business"),
        ("invitations", 0),
    ),
    Row(
        "workspace",
        "its hand-over",
        "--++-+",
        "query($slug: String!) { workspace(slug: $slug) { handover { id } } }",
        slug("suspended"),
        ("handover",),
    ),
)

QUERIES_OF_HELP: Final = (
    Row("identityProvider", "while none is connected", "------", "{ identityProvider { name } }"),
    Row("assistances", "one's own", "---+++", "{ assistances { id } }", path=(0,)),
    Row(
        "assistanceLink",
        "without its link",
        "------",
        '{ assistanceLink(token: "none") { businessName } }',
    ),
)


def invite(role: str, signs: str) -> Row:
    """A row for inviting somebody as that."""
    return Row(
        "memberInvite",
        f"a {role.lower()}",
        signs,
        f"""mutation($id: ID!) {{ memberInvite(business: $id, contact: "0912345678",
            role: {role}) {CHANGE} }}""",
        gid("Business", "business"),
    )


def on_member(name: str, thing: str, signs: str, more: str = "") -> Row:
    """A mutation on somebody's membership."""
    return Row(
        name,
        thing,
        signs,
        f"mutation($id: ID!) {{ {name}(member: $id{more}) {CHANGE} }}",
        member(thing),
    )


def on_handover(name: str, signs: str) -> Row:
    """A mutation on the hand-over from the owner to the clerk."""
    return Row(
        name,
        "from the owner to the clerk",
        signs,
        f"mutation($id: ID!) {{ {name}(id: $id) {CHANGE} }}",
        gid("OwnershipHandover", "handover"),
    )


def business_of(world: World) -> dict[str, object]:
    """The variable `id`: the business."""
    return {"id": to_global("Business", world["business"].id)}


MUTATIONS: Final = (
    invite("CLERK", "!!!+!+"),
    invite("OWNER", "!!!+!+"),
    Row(
        "memberInvitationRevoke",
        "one that waits",
        "!!!+!+",
        f"mutation($id: ID!) {{ memberInvitationRevoke(id: $id) {CHANGE} }}",
        gid("MemberInvitation", "invitation"),
    ),
    Row(
        "memberInvitationAccept",
        "without its link",
        "!-----",
        f'mutation {{ memberInvitationAccept(token: "none") {CHANGE} }}',
    ),
    opened("memberInvitationDecline", 'token: "none"'),
    on_member("memberRoleChange", "clerk", "!!!+!+", ", role: MANAGER"),
    on_member("memberRoleChange", "owner", "!!!-!-", ", role: CLERK"),
    on_member("memberRemove", "clerk", "!!++!+"),
    on_member("memberRemove", "owner", "!!!-!-"),
    Row(
        "memberLeave",
        "the business",
        "!-+---",
        f"mutation($id: ID!) {{ memberLeave(business: $id) {CHANGE} }}",
        business_of,
    ),
    on_member("handoverAsk", "clerk", "!!!+!!"),
    on_handover("handoverAccept", "!!+!!!"),
    on_handover("handoverDecline", "!!+!!!"),
    on_handover("handoverRevoke", "!!!+!!"),
)


def on_help(name: str, signs: str, more: str = "") -> Row:
    """A mutation on the help that the officer gives the owner."""
    return Row(
        name,
        "of the officer for the owner",
        signs,
        f"mutation($id: ID!) {{ {name}(id: $id{more}) {CHANGE} }}",
        gid("Assistance", "assistance"),
    )


MUTATIONS_OF_HELP: Final = (
    Row(
        "registerImport",
        "a register",
        "!!!!++",
        f"mutation($file: Upload!) {{ registerImport(file: $file) {CHANGE} }}",
        upload(
            "Mã số thuế,Tên,Tình trạng\n0300588569,Công ty A,Đang hoạt động\n".encode(), "so.csv"
        ),
    ),
    opened("identityBegin", 'redirectUri: "x", browser: "y", purpose: SIGN_IN'),
    opened("identityFinish", 'state: "none", code: "none", browser: "y"'),
    Row(
        "assistanceRecord",
        "for the business",
        "!!!!+!",
        """mutation($id: ID!) { assistanceRecord(business: $id, consent: {method: CALL,
            scopes: [PRODUCTS], days: 30, note: "Gọi 0912 345 678 lúc 9 giờ."}) """
        + CHANGE
        + " }",
        business_of,
    ),
    on_help("assistanceConfirm", "!-----", ', code: "none"'),
    on_help("assistanceEnter", "!-----"),
    Row("assistanceLeave", "anything", "!+++++", f"mutation {{ assistanceLeave {CHANGE} }}"),
    on_help("assistanceEnd", "!--+++"),
    opened("assistanceEndByLink", 'token: "none"'),
)
