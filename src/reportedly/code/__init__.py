"""Stage 4 of 8: Resolved -> claims. Acts, who did them to whom, according to whom and how surely."""

from __future__ import annotations

from reportedly.code.claims import code_claims
from reportedly.code.second_reader import read_again

__all__ = ["code_claims", "read_again"]
