"""Who says what about a claim or figure, in the words that notes, briefs and lists share."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.model import Annotation, Attribution
from annotate.report.comparison import claims_with
from annotate.report.evidence import Evidence, joined
from annotate.vocabulary import Kind, Stance


def attributions(evidence: Evidence, annotation: Annotation) -> Sequence[Attribution]:
    """What is said of a claim or figure; of a figure that nothing is said of, what is said of its claims."""
    own = evidence.said_of.get(annotation.id, ())
    if own or annotation.kind is not Kind.FIGURE:
        return own
    return [said for claim in claims_with(evidence, annotation) for said in evidence.said_of.get(claim.id, ())]


def speakers(evidence: Evidence, annotation: Annotation, *stances: Stance, graded: bool = False) -> str:
    """The names of those who take one of the stances, each once: "Ines Duarte via Harbour Radio; Water Board".

    `graded` puts the reliability of a source behind its name, where it has one.
    """
    return joined(
        _named(evidence, said, graded=graded) for said in attributions(evidence, annotation) if said.stance in stances
    )


def grade(evidence: Evidence, claim: Annotation) -> str:
    """Reliability of the first who says so and credibility of the claim, as far as they are set: B2, B, 2 or ""."""
    says_so = evidence.saying(claim.id)
    reliability = evidence.sources[says_so[0].source_id].reliability if says_so else None
    return f"{reliability or ''}{claim.claim.credibility or ''}"


def _named(evidence: Evidence, said: Attribution, *, graded: bool) -> str:
    source = evidence.sources[said.source_id]
    name = f"{source.name} ({source.reliability})" if graded and source.reliability else source.name
    via = evidence.sources.get(said.via_id) if said.via_id is not None else None
    return f"{name} via {via.name}" if via else name
