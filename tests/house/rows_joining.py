"""Who may ask for what about businesses that join, their papers, and officers' decisions.

The clerk belongs to each of them and is no stranger: what a clerk may not do is refused, what a
stranger may not know does not exist.
"""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.factories.media import A_PDF
from tests.factories.world import World
from tests.house.rows import CHANGE, Row, by_id, gid, upload

PAPERS: Final = "query($id: ID) { business(id: $id) { joining { evidence { id } } } }"
QUEUE: Final = "{ verifications(first: 1) { edges { node { id } } } }"


def with_paper(world: World) -> dict[str, object]:
    """The variables of a paper for the business that joins."""
    return {
        "id": to_global("Business", world["joining"].id),
        **upload(A_PDF, "giay.pdf")(world),
    }


def beginning(world: World) -> dict[str, object]:
    """The variables of the first step."""
    return {"input": {"name": "Hộ Lý Thị Hoa", "place": to_global("Place", world["place"].id)}}


def changing(name: str, signs: str, kind: str, values: dict[str, object]) -> Row:
    """A step on the business that joins."""
    return Row(
        name,
        "of one that joins",
        signs,
        f"""mutation($id: ID!, $input: {kind}!) {{ {name}(id: $id, input: $input) {CHANGE} }}""",
        lambda world: {"id": to_global("Business", world["joining"].id), "input": values},
    )


def decision(name: str, thing: str, signs: str, more: str = "") -> Row:
    """An officer's act on a verification."""
    return by_id(name, thing, signs, more, "Verification")


QUERIES: Final = (
    Row("banks", "all of them", "++++++", "{ banks { bin name } }", path=(0,)),
    Row(
        "business",
        "the papers of one that joins",
        "---+++",
        PAPERS,
        gid("Business", "joining"),
        ("joining", "evidence", 0),
    ),
    Row(
        "verification",
        "one that waits",
        "---+++",
        "query($id: ID!) { verification(id: $id) { id } }",
        gid("Verification", "waiting_case"),
    ),
    Row(
        "identifierDisputes",
        "one that waits",
        "----++",
        "{ identifierDisputes { id } }",
        path=(0,),
    ),
    Row("verifications", "the queue", "----++", QUEUE, path=("edges", 0)),
)

MUTATIONS: Final = (
    Row(
        "businessBegin",
        "a new one",
        "!+++++",
        f"""mutation($input: BusinessProfileInput!) {{
            businessBegin(kind: HOUSEHOLD, input: $input) {CHANGE} }}""",
        beginning,
    ),
    Row(
        "businessProfileSet",
        "of one that joins",
        "!-!+!+",
        f"""mutation($id: ID!, $input: BusinessProfileInput!) {{
            businessProfileSet(id: $id, input: $input) {CHANGE} }}""",
        lambda world: {"id": to_global("Business", world["joining"].id), **beginning(world)},
    ),
    changing(
        "businessIdentitySet",
        "!-!+!+",
        "BusinessIdentityInput",
        {"identifier": "006 085 123 456", "fullName": "Nông Thị Mai", "bornOn": "1985-03-08"},
    ),
    changing(
        "businessBankAccountSet",
        "!-!+!+",
        "BankAccountInput",
        {"bank": "970405", "number": "0123456789", "holderName": "NONG THI MAI"},
    ),
    Row(
        "businessIdentifierDispute",
        "a number nobody holds",
        "!-!-!-",
        f"""mutation($id: ID!) {{ businessIdentifierDispute(id: $id,
            identifier: "006085999999", message: "Của tôi") {CHANGE} }}""",
        gid("Business", "joining"),
    ),
    Row(
        "businessEvidenceAdd",
        "to one that joins",
        "!-!+!+",
        f"""mutation($id: ID!, $file: Upload!) {{ businessEvidenceAdd(id: $id,
            requirement: HOUSEHOLD_REGISTRATION, file: $file) {CHANGE} }}""",
        with_paper,
    ),
    by_id("businessEvidenceRemove", "joining_evidence", "!-!+!+", kind="Evidence"),
    changing(
        "businessLicenceAdd",
        "!-!+!+",
        "LicenceInput",
        {
            "kind": "LODGING",
            "number": "7/2026",
            "issuer": "UBND xã Côn Minh",
            "issuedOn": "2026-02-01",
        },
    ),
    by_id("businessLicenceRemove", "joining_licence", "!-!+!+", kind="Licence"),
    by_id("businessSubmit", "joining", "!-!+!+", kind="Business"),
    by_id("businessClose", "joining", "!-!+!+", kind="Business"),
    decision("verificationTake", "waiting_case", "!--!++"),
    decision("verificationChannelConfirm", "reviewed_case", "!--!++", ", channel: CERTIFICATE"),
    decision(
        "verificationRequestChanges",
        "reviewed_case",
        "!--!++",
        ', notes: [{requirement: BANK_ACCOUNT, note: "Sai tên"}]',
    ),
    decision("verificationVerify", "reviewed_case", "!--!++"),
    decision("verificationRefuse", "reviewed_case", "!--!++", ', reason: "Giấy giả"'),
    by_id("identifierDisputeSettle", "dispute", "!---++", ", upheld: true", "IdentifierDispute"),
    by_id("businessSuspensionAnnounce", "business", "!!!!++", ', reason: "Hàng giả"', "Business"),
    Row(
        "businessSuspendByOrder",
        "an open one",
        "!!!!++",
        f"""mutation($id: ID!) {{ businessSuspendByOrder(id: $id, input: {{
            reason: "Hàng giả", authority: "Đội QLTT số 3", documentNumber: "12/QĐ",
            legalBasis: "Điều 18", receivedAt: "2026-11-01T08:00:00+07:00"}}) {CHANGE} }}""",
        gid("Business", "business"),
    ),
    by_id("businessSuspensionLift", "suspended", "!-!!++", kind="Business"),
)
