"""Tables of businesses: who they are, who acts for them, how they prove it."""

from businesses.models.businesses import Business, BusinessMember, BusinessTranslation

__all__ = ["Business", "BusinessMember", "BusinessTranslation"]
