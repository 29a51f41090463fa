"""The formats that a dataset can be exported to."""

from __future__ import annotations

from tweetrecon.interop import (
    croissant,
    csv_rows,
    dehydrated,
    id_lines,
    jsonl_lines,
    markdown_threads,
    ro_crate,
    snscrape_lines,
    sqlite_file,
    text_threads,
    twarc_csv,
)
from tweetrecon.interop.export import FileTarget, Sidecar, Target

EXCEL_SAFE = csv_rows.EXCEL_SAFE

TARGETS: tuple[Target, ...] = (
    jsonl_lines.TARGET,
    csv_rows.TARGET,
    twarc_csv.TARGET,
    snscrape_lines.TARGET,
    id_lines.TARGET,
    dehydrated.TARGET,
    markdown_threads.TARGET,
    text_threads.TARGET,
)
FILES: tuple[FileTarget, ...] = (sqlite_file.TARGET,)
SIDECARS: tuple[Sidecar, ...] = (croissant.SIDECAR, ro_crate.SIDECAR)
