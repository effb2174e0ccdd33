"""From a critique to checks: the claims that it makes about another text, drafted for a person to correct."""

from closeread.drafting.drafts import draft_checks
from closeread.drafting.records import Draft, DraftedClaim, Undrafted

__all__ = ["Draft", "DraftedClaim", "Undrafted", "draft_checks"]
