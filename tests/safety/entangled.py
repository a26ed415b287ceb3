"""A project in which an article that is to go is tied to one that stays in every way there is."""

from __future__ import annotations

from datetime import date

from annotate import commands as do
from annotate import history
from annotate.model import Article
from annotate.project import Project
from annotate.suggest import ENGINE, VERSION, propose
from annotate.vocabulary import Kind, Relation
from tests.annotate.drafts import imported, take_in
from tests.annotate.works import marked
from tests.safety.needles import ARABIC, EMOJI, SECRET

NEEDLES = (SECRET, ARABIC, EMOJI)
TITLE = f"{SECRET} {ARABIC} {EMOJI} leaves the valley"
TEXT = (
    f"{TITLE}\n\n“Nobody told {SECRET} anything,” said {ARABIC}, a baker. At least 77 {EMOJI} houses stood empty, "
    "the civil defence said.\n\nA resident told the Harbour Post that 12 people were hurt.\n"
)


def taken(project: Project) -> tuple[Article, Article]:
    """The article that is to be erased, with marks of every kind that were edited, tied and removed, and another that
    is tied to it."""
    secret = take_in(project, TEXT, f"{SECRET}.txt", title=TITLE, outlet="Harbour Post", author=ARABIC)
    other = take_in(project)
    claim = marked(project, secret, Kind.CLAIM, f"Nobody told {SECRET} anything")
    do.edit_annotation(project, claim, note=f"former {SECRET} {EMOJI}")
    do.edit_annotation(project, claim, note="later")
    do.edit_record(project, claim, plain_words=f"{ARABIC} was not told")
    figure = marked(project, secret, Kind.FIGURE, f"77 {EMOJI} houses")
    mention = marked(project, secret, Kind.SOURCE, ARABIC)
    do.register_mention(project, mention)
    do.attribute(project, claim, project.read.annotation(mention).mention.source_id, mention_id=mention)
    gone = marked(project, secret, Kind.CLAIM, "12 people were hurt")
    do.edit_annotation(project, gone, note=f"{SECRET} again")
    do.remove_annotations(project, [gone])
    do.add_check(project, claim, checked_on=date(2024, 2, 29), looked_at=f"map of {SECRET}")
    do.link(project, claim, figure, Relation.CONTAINS)
    far = marked(project, other, Kind.CLAIM, "Nobody told us")
    do.link(project, far, claim, Relation.CORROBORATES, note=f"like {SECRET}")
    do.attribute(project, far, do.add_source(project, "The mayor"), mention_id=mention)
    tag = do.add_tag(project, "urgent")
    do.toggle_tag(project, [claim, far], tag)
    do.store_proposals(project, secret.text_id, propose(TEXT), engine=ENGINE, version=VERSION)
    do.edit_article(project, secret.id, note=f"seen by {SECRET}")
    changed = imported(TEXT.replace("77", "78"), f"{SECRET} 2.txt", title=TITLE)
    do.update_article(project, secret.id, changed.articles[0], changed)
    do.move_to_bin(project, [secret.id])
    history.undo(project)
    do.move_to_bin(project, [secret.id])
    return project.read.article(secret.id), project.read.article(other.id)  # type: ignore[return-value]
