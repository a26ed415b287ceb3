"""The closed lists an analyst chooses from: what is stored, what is shown, what it means.

Values are stored in projects and written in exchange files, so they never change; labels and meanings may.
The Admiralty grades follow NATO STANAG 2511 (AJP-2.1): reliability of the source A-F, credibility of the
information 1-6; "cannot be judged" (F, 6) is a judgement and not the same as no grade.
"""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """One entry of a closed list; `label` is for people, `meaning` for the codebook."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str, meaning: str = "") -> Choice:
        entry = str.__new__(cls, value)
        entry._value_ = value
        entry.label = label
        entry.meaning = meaning
        return entry


class Kind(Choice):
    """What an annotation marks."""

    CLAIM = "claim", "Claim", "A statement that can be true or false, made by somebody"
    FIGURE = "figure", "Figure", "An amount: a number with what it counts or measures"
    SOURCE = "source", "Source", "A place where somebody who speaks, or a channel, is named"

    @property
    def letter(self) -> str:
        """C, F or S: the key that marks, the letter in the margin and the first letter of the ID."""
        return self.value[0].upper()


class ArticleType(Choice):
    ARTICLE = "article", "article", "News or magazine article"
    POST = "post", "post", "Post on a social platform"
    STATEMENT = "statement", "statement", "Press release or official statement"
    TRANSCRIPT = "transcript", "transcript", "Spoken words, written down"
    DOCUMENT = "document", "document", "Report, record or other document"
    IMAGE = "image", "image", "Picture, with its text typed in"


class ArticleStatus(Choice):
    UNREAD = "unread", "unread", "Nobody has worked on it yet"
    IN_PROGRESS = "in_progress", "in progress", "Being read and marked"
    DONE = "done", "done", "Read and marked to the end"


class Precision(Choice):
    """How exactly a date is known."""

    YEAR = "year", "year", "Only the year is known"
    MONTH = "month", "month", "Year and month are known"
    DAY = "day", "day", "The day is known"
    TIME = "time", "time", "The time of day is known"


class DateBasis(Choice):
    """Where a date comes from."""

    STATED = "stated", "stated", "The words give the date"
    RECKONED = "reckoned", "reckoned", "Reckoned from the publication date"
    ANALYST = "analyst", "analyst", "Set by the analyst from other knowledge"


class PartRole(Choice):
    HEADLINE = "headline", "headline", "Headline or subheading"
    BODY = "body", "body", "The article's own text"
    CAPTION = "caption", "caption", "Words under a picture"
    CREDIT = "credit", "credit", "Who took or supplied a picture or text"
    BOILERPLATE = "boilerplate", "boilerplate", "Menus, notices, repeated blocks"


class Handling(Choice):
    """Who may see a source, a note or an annotation."""

    OPEN = "open", "open", "May be handed on"
    INTERNAL = "internal", "internal", "Stays within the team"
    PROTECT = "protect", "protect", "Must not be recognisable outside the project"


class Origin(Choice):
    """How an annotation came to be."""

    HAND = "hand", "by hand", "Marked by an analyst"
    SUGGESTED = "suggested", "suggested", "Suggested by a rule and accepted by an analyst"
    EDITED = "suggested_edited", "suggested and edited", "Suggested by a rule, corrected by an analyst"
    BULK = "bulk", "accepted in bulk", "Accepted together with others and not yet reviewed one by one"


class Mode(Choice):
    """How a claim is given in the text."""

    DIRECT = "direct", "direct quote", "In quotation marks, word for word"
    PARTIAL = "partial", "partial quote", "Partly in quotation marks"
    PARAPHRASE = "paraphrase", "paraphrase", "In the writer's words, attributed to somebody"
    VOICE = "voice", "outlet's own voice", "Stated by the outlet itself"
    CAPTION = "caption", "caption", "Stated under a picture"


class ClaimType(Choice):
    FACTUAL = "factual", "factual", "Something is or was so"
    QUANTITY = "quantity", "quantity", "Chiefly an amount"
    CAUSAL = "causal", "causal", "Something caused something else, or somebody is responsible"
    PREDICTION = "prediction", "prediction", "Something will or may happen"
    OPINION = "opinion", "opinion", "A judgement of value"
    RULE = "rule", "rule", "Something must, may or must not be done"


class Progress(Choice):
    """How far the work on a claim has come."""

    OPEN = "open", "open", "Not begun"
    IN_PROGRESS = "in_progress", "in progress", "Being checked"
    REVIEW = "review", "for review", "Waits for a second person"
    SIGNED_OFF = "signed_off", "signed off", "Reviewed and closed"


class Finding(Choice):
    """What the checks have shown so far; an empty cell means none."""

    CONFIRMED = "confirmed", "confirmed", "Checks support it"
    PARTLY = "partly", "partly confirmed", "Checks support a part of it"
    LACKS_CONTEXT = "lacks_context", "lacks context", "True as far as it goes, but misleading"
    DISPUTED = "disputed", "disputed", "Checks point both ways"
    REFUTED = "refuted", "refuted", "Checks contradict it"
    UNVERIFIABLE = "unverifiable", "unverifiable", "Nothing can be found to decide it"


class Reliability(Choice):
    """Admiralty grade of a source."""

    A = "A", "A", "Completely reliable"
    B = "B", "B", "Usually reliable"
    C = "C", "C", "Fairly reliable"
    D = "D", "D", "Not usually reliable"
    E = "E", "E", "Unreliable"
    F = "F", "F", "Reliability cannot be judged"


class Credibility(Choice):
    """Admiralty grade of a claim."""

    CONFIRMED = "1", "1", "Confirmed by other, independent sources"
    PROBABLE = "2", "2", "Probably true"
    POSSIBLE = "3", "3", "Possibly true"
    DOUBTFUL = "4", "4", "Doubtful"
    IMPROBABLE = "5", "5", "Improbable"
    UNJUDGED = "6", "6", "Truth cannot be judged"


class Bound(Choice):
    """What the words say about an amount."""

    EXACT = "exact", "exact", "The number itself"
    APPROX = "approx", "approximate", "About the number: some, around, nearly"
    MIN = "min", "at least", "The number or more: at least, more than, over"
    MAX = "max", "at most", "The number or less: as many as, up to, fewer than"
    RANGE = "range", "range", "Between two numbers"
    VAGUE = "vague", "vague", "No number: dozens, thousands; the low is inferred"


class FigureKind(Choice):
    COUNT = "count", "count", "How many"
    PERCENT = "percent", "percent", "Parts of a hundred, and percentage points"
    MONEY = "money", "money", "An amount in a currency"
    DURATION = "duration", "duration", "How long"
    AGE = "age", "age", "How old"
    RATE = "rate", "rate", "So many per something"
    MULTIPLIER = "multiplier", "multiplier", "So many times: doubled, threefold"
    FRACTION = "fraction", "fraction", "A part of a whole: a third, half"
    MEASURE = "measure", "measure", "Length, weight, power and so on"


class Measure(Choice):
    """What a figure measures over time."""

    TOTAL = "total", "total to date", "Everything up to the as-of date"
    NEW = "new", "new in period", "What came to it in a period"
    PRESENT = "present", "present at a date", "What there is at the as-of date"


class Naming(Choice):
    """How a source is named where it is mentioned."""

    NAMED = "named", "named", "By its name"
    ROLE = "role_only", "role only", "By role or office, without a name"
    ANONYMOUS = "anonymous", "anonymous", "One person, not to be known"
    COLLECTIVE = "collective", "collective", "A group: residents, many, officials"


class MentionRole(Choice):
    """What a source does where it is mentioned."""

    SPEAKER = "speaker", "speaker", "Says something"
    CHANNEL = "channel", "channel", "What was said came through it"
    CREDIT = "credit", "credit", "Credited for a picture or text"
    AFFILIATION = "affiliation", "affiliation", "Whom the speaker belongs to"


class SourceType(Choice):
    GOVERNMENT = "government", "government", "State body or official"
    ARMED_GROUP = "armed_group", "armed group", "Non-state armed group or its member"
    INTERNATIONAL = "international_organisation", "international organisation", "UN, EU, Red Cross and the like"
    NGO = "ngo_monitor", "NGO / monitor", "Non-governmental organisation or monitor"
    MEDIA = "media_outlet", "media outlet", "Newspaper, agency, broadcaster, journalist"
    EXPERT = "expert_academic", "expert / academic", "Researcher, think tank, specialist"
    WITNESS = "witness_civilian", "witness / civilian", "Somebody who was there or is affected"
    POLITICAL = "political_figure", "political figure", "Politician or party"
    COMPANY = "company", "company", "Business or its spokesperson"
    DOCUMENT = "document_data", "document / data", "Report, record, dataset"
    SOCIAL = "social_account", "social account", "Account on a social platform"
    UNSPECIFIED = "unspecified", "unspecified", "The text does not say"


class Stance(Choice):
    """What a source does with a claim."""

    ASSERTS = "asserts", "asserts", "Says that it is so"
    CONFIRMS = "confirms", "confirms", "Says that what others say is so"
    DENIES = "denies", "denies", "Says that it is not so"
    DOUBTS = "doubts", "doubts", "Questions it"
    DECLINES = "declines", "declines to comment", "Was asked and said nothing"


class AttributionBasis(Choice):
    STATED = "stated", "stated", "The text says whose claim it is"
    INFERRED = "inferred", "inferred by analyst", "The analyst concluded whose claim it is"


class Relation(Choice):
    """How one annotation bears on another."""

    CONTAINS = "contains", "contains", "A claim states a figure"
    CORROBORATES = "corroborates", "corroborates", "A claim supports another"
    CONTRADICTS = "contradicts", "contradicts", "Two claims cannot both be true"
    REPEATS = "repeats", "repeats", "The same words or origin: not independent"
    UPDATES = "updates", "updates", "A newer claim replaces an older one"

    @property
    def to_kind(self) -> Kind:
        """What a claim, which every link is from, is tied to."""
        return Kind.FIGURE if self is Relation.CONTAINS else Kind.CLAIM


class Primacy(Choice):
    PRIMARY = "primary", "primary", "Evidence from the thing itself"
    SECONDARY = "secondary", "secondary", "Evidence through somebody else"


class Shows(Choice):
    """What a check shows."""

    SUPPORTS = "supports", "supports", "Speaks for the claim"
    CONTRADICTS = "contradicts", "contradicts", "Speaks against the claim"
    NEITHER = "neither", "neither", "Does not decide it"


class CarryOutcome(Choice):
    """What became of a mark when its article was updated, the best first."""

    KEPT = "kept", "kept", "Stands where it stood"
    MOVED = "moved", "moved", "The same words in the same surroundings stand at another place"
    CHANGED = "changed", "moved with a change", "Moved although its words or their surroundings differ a little"
    REVIEW = "review", "to be judged", "The words differ too much to move by itself; a place is proposed"
    LOST = "lost", "lost", "The words are not in the new text"


class Fate(Choice):
    """What became of something proposed: a suggested mark, or a place for one whose text was updated."""

    OPEN = "open", "open", "Not judged yet"
    ACCEPTED = "accepted", "accepted", "Taken over"
    REJECTED = "rejected", "rejected", "Refused, and not proposed again"
