"""What an engine could propose for the flood of tests.annotate.drafts, by hand, so that no test depends on rules."""

from collections.abc import Callable

from annotate.commands import store_proposals
from annotate.model import Article, Span, Suggestion
from annotate.project import Project
from annotate.suggest import Proposal
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD

FIGURE = "At least 900 people"
CIVIL_DEFENCE = "the regional civil defence"
BAKER = "Zoe\u0301 Nu\u0308rsen"
OUTLET = "the Harbour Post"
REPORTED = "At least 900 people left their homes on Monday"
QUOTED = ("“Nobody told us,”", "“that the dam was weak.”")
HOUSES = "dozens of houses 🏚️ stood empty"


def at(words: str, text: str = FLOOD) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def flood_proposals(text: str = FLOOD) -> list[Proposal]:
    """A figure, four sources and three claims, one of them interrupted and one that came through an outlet."""

    def proposal(kind: Kind, /, *words: str, confidence: float = 0.9, rule: str = "", **record: object) -> Proposal:
        spans = tuple(Span(*at(each, text)) for each in words)
        return Proposal(kind, spans, record, rule or kind.value, confidence)

    figure = {"value": 900.0, "low": 900.0, "counted": "people", "bound": "min", "qualifier": "At least"}
    said = {"mode": "paraphrase", "verb": "said", "stance": "asserts"}
    return [
        proposal(Kind.FIGURE, FIGURE, **figure, kind="count", rule="number and noun"),
        proposal(Kind.CLAIM, REPORTED, **said, speakers=[at(CIVIL_DEFENCE, text)], rule="reported speech"),
        proposal(Kind.SOURCE, CIVIL_DEFENCE, name="Civil Defence", naming="named", role="speaker", type="government"),
        proposal(
            Kind.CLAIM, *QUOTED, mode="direct", verb="said", stance="asserts", speakers=[at(BAKER, text)], source=BAKER
        ),
        proposal(Kind.SOURCE, BAKER, name=BAKER, naming="named", role="speaker", confidence=0.5),
        proposal(Kind.SOURCE, "A witness", name="Witness (anonymous)", naming="anonymous", role="speaker"),
        proposal(Kind.SOURCE, OUTLET, name="Harbour Post", naming="named", role="channel", type="media_outlet"),
        proposal(
            Kind.CLAIM,
            HOUSES,
            **(said | {"verb": "told"}),
            speakers=[at("A witness", text)],
            via=at(OUTLET, text),
            confidence=0.6,
        ),
    ]


def propose(project: Project, article: Article, proposals: list[Proposal] | None = None, *, version: str = "1") -> int:
    wanted = flood_proposals() if proposals is None else proposals
    return store_proposals(project, article.text_id, wanted, engine="rules", version=version)


def suggested(project: Project, article: Article, kind: Kind, words: str) -> Suggestion:
    """The waiting suggestion of a kind whose first words these are."""
    body = project.read.body(article.text_id)
    is_it: Callable[[Suggestion], bool] = lambda one: body[one.spans[0].start : one.spans[0].end] == words  # noqa: E731
    return next(one for one in project.read.suggestions(article.text_id) if one.kind is kind and is_it(one))
