"""What is counted over one reading.

The terminal, the page, the exports and the checks all show these figures, so they cannot differ.
"""

from closeread.measures.agency import AgencyRow, AgencyTotals, Deed, agency, deeds, total_agency
from closeread.measures.prominence import ActorRow, count_voices, prominence
from closeread.measures.sourcing import (
    SourceRow,
    Tally,
    Totals,
    credit,
    list_tallies,
    name_sources,
    sourcing,
    total,
)
from closeread.measures.support import SupportRow, own_statements, support, tell_ground
from closeread.measures.wording import AboutRow, LabelRow, VoiceRow, labelling, loaded_about, wording

__all__ = [
    "AboutRow",
    "ActorRow",
    "AgencyRow",
    "AgencyTotals",
    "Deed",
    "LabelRow",
    "SourceRow",
    "SupportRow",
    "Tally",
    "Totals",
    "VoiceRow",
    "agency",
    "count_voices",
    "credit",
    "deeds",
    "labelling",
    "list_tallies",
    "loaded_about",
    "name_sources",
    "own_statements",
    "prominence",
    "sourcing",
    "support",
    "tell_ground",
    "total",
    "total_agency",
    "wording",
]
