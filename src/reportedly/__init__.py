"""Who is said to have done what to whom, where and when, according to whom and how surely.

    import reportedly
    coded = reportedly.code_text("Rebels shelled the port on Monday, the army said.", published="2019-05-15")
    print(coded.claims[0])

Public names are loaded when they are first used, so that the import itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.api import Batch, code_files, code_text
    from reportedly.errors import ReportedlyError
    from reportedly.export import to_frame
    from reportedly.records import Claim, CodedReport, Rejection, Report
    from reportedly.settings import Settings

    __version__: str

__all__ = [
    "Batch",
    "Claim",
    "CodedReport",
    "Rejection",
    "Report",
    "ReportedlyError",
    "Settings",
    "__version__",
    "code_files",
    "code_text",
    "to_frame",
]

_HOMES = {
    "Batch": "api",
    "Claim": "records",
    "CodedReport": "records",
    "Rejection": "records",
    "Report": "records",
    "ReportedlyError": "errors",
    "Settings": "settings",
    "code_files": "api",
    "code_text": "api",
    "to_frame": "export",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("reportedly")
    if name in _HOMES:
        return getattr(import_module(f"reportedly.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
