"""A letter in the form the Internet's post takes."""

from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid

from marketplace.accounts.ports import Letter


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter with its envelope."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    return message
