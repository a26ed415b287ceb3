"""The verbs. Each is one transaction and one step of history, takes the open project first, and writes nothing when
it raises; errors are kinds of AnnotateError, meant for the analyst. With `join`, a step's id (`Project.last_step_id`),
it writes into that step if it is still the analyst's newest, so that several verbs are undone as one."""

from annotate.commands.accepting import (
    accept_all,
    accept_suggestion,
    reject_suggestion,
    review_annotations,
)
from annotate.commands.articles import (
    edit_article,
    edit_project,
    move_to_bin,
    restore_from_bin,
    set_status,
)
from annotate.commands.attributions import (
    OfferedSpeaker,
    attribute,
    edit_attribution,
    offered_mentions,
    offered_speakers,
    remove_attribution,
    take_offer,
)
from annotate.commands.checks import add_check, edit_check, remove_check
from annotate.commands.codebook import add_event, add_tag, edit_event, edit_tag, remove_tag
from annotate.commands.handing_on import choose_columns, note_export
from annotate.commands.import_plan import DecidedFile, Decision, FilePlan, Known, Planner, Prospect
from annotate.commands.importing import Taken, TakenArticle, import_file, import_files
from annotate.commands.links import link, unlink, unlink_pair
from annotate.commands.marking import (
    add_span,
    change_kind,
    edit_annotation,
    edit_record,
    mark,
    mark_once,
    move_edge,
    remove_annotations,
    set_spans,
    toggle_tag,
)
from annotate.commands.marking_all import MOST_AT_ONCE, MarkedAll, mark_all
from annotate.commands.marking_elsewhere import Elsewhere, find_elsewhere, mark_elsewhere
from annotate.commands.merging import merge_annotations
from annotate.commands.occasions import OfferedOccasions, offered_occasions
from annotate.commands.parts import OfferedPart, keep_parts, offered_parts
from annotate.commands.sources import (
    add_source,
    edit_source,
    join_sources,
    register_mention,
    remove_source,
    set_mention_source,
)
from annotate.commands.splitting import split_annotation
from annotate.commands.suggesting import known_names, store_proposals
from annotate.commands.taking_in import TakenIn, take_in
from annotate.commands.typing import type_text
from annotate.commands.updating import Updated, accept_carrying, reanchor, reject_carrying, update_article

__all__ = [
    "MOST_AT_ONCE",
    "DecidedFile",
    "Decision",
    "Elsewhere",
    "FilePlan",
    "Known",
    "MarkedAll",
    "OfferedOccasions",
    "OfferedPart",
    "OfferedSpeaker",
    "Planner",
    "Prospect",
    "Taken",
    "TakenArticle",
    "TakenIn",
    "Updated",
    "accept_all",
    "accept_carrying",
    "accept_suggestion",
    "add_check",
    "add_event",
    "add_source",
    "add_span",
    "add_tag",
    "attribute",
    "change_kind",
    "choose_columns",
    "edit_annotation",
    "edit_article",
    "edit_attribution",
    "edit_check",
    "edit_event",
    "edit_project",
    "edit_record",
    "edit_source",
    "edit_tag",
    "find_elsewhere",
    "import_file",
    "import_files",
    "join_sources",
    "keep_parts",
    "known_names",
    "link",
    "mark",
    "mark_all",
    "mark_elsewhere",
    "mark_once",
    "merge_annotations",
    "move_edge",
    "move_to_bin",
    "note_export",
    "offered_mentions",
    "offered_occasions",
    "offered_parts",
    "offered_speakers",
    "reanchor",
    "register_mention",
    "reject_carrying",
    "reject_suggestion",
    "remove_annotations",
    "remove_attribution",
    "remove_check",
    "remove_source",
    "remove_tag",
    "restore_from_bin",
    "review_annotations",
    "set_mention_source",
    "set_spans",
    "set_status",
    "split_annotation",
    "store_proposals",
    "take_in",
    "take_offer",
    "toggle_tag",
    "type_text",
    "unlink",
    "unlink_pair",
    "update_article",
]
