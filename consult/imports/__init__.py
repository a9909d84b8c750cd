"""Where imported contributions come from: files that people bring, and hashtags that are followed."""

from consult.imports.asked import asked, targets_by_name
from consult.imports.files import (
    Provenance,
    bring,
    columns_of,
    correct,
    discard,
    file_run,
    is_needed,
    start,
    try_out,
)
from consult.imports.filing import plan_of
from consult.imports.models import (
    FileRow,
    Ground,
    Post,
    PostState,
    Run,
    RunState,
    SkippedRow,
    Source,
    SourceState,
)
from consult.imports.posts import posts_of
from consult.imports.queries import file_row_of, file_runs, skipped_rows, source_runs
from consult.imports.rules import IMPORTERS, can_take, may_import
from consult.imports.sources import (
    Feed,
    NewSource,
    add_source,
    pause,
    preview,
    read_now,
    source_in,
    sources_of,
    start_source,
)
from consult.imports.trials import Trial, found
from consult.imports.uploads import Upload, forget, keep, path_of

__all__ = [
    "IMPORTERS",
    "Feed",
    "FileRow",
    "Ground",
    "NewSource",
    "Post",
    "PostState",
    "Provenance",
    "Run",
    "RunState",
    "SkippedRow",
    "Source",
    "SourceState",
    "Trial",
    "Upload",
    "add_source",
    "asked",
    "bring",
    "can_take",
    "columns_of",
    "correct",
    "discard",
    "file_row_of",
    "file_run",
    "file_runs",
    "forget",
    "found",
    "is_needed",
    "keep",
    "may_import",
    "path_of",
    "pause",
    "plan_of",
    "posts_of",
    "preview",
    "read_now",
    "skipped_rows",
    "source_in",
    "source_runs",
    "sources_of",
    "start",
    "start_source",
    "targets_by_name",
    "try_out",
]
