"""The formats that a dataset can be exported to."""

from __future__ import annotations

from tweetrecon.interop import csv_rows, id_lines, jsonl_lines, markdown_threads, snscrape_lines, twarc_csv
from tweetrecon.interop.export import Target

EXCEL_SAFE = csv_rows.EXCEL_SAFE

TARGETS: tuple[Target, ...] = (
    jsonl_lines.TARGET,
    csv_rows.TARGET,
    twarc_csv.TARGET,
    snscrape_lines.TARGET,
    id_lines.TARGET,
    markdown_threads.TARGET,
)
