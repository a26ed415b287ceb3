"""The words around numbers: qualifiers, units, currencies, vague amounts.

Plain tables, so that whoever knows the language better than the program can read and extend them. Keys are phrases
in lower case; `phrases` turns them into tuples of token words as `annotate.tokens.tokenize` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from annotate.tokens import Token, tokenize, words
from annotate.vocabulary import Bound, FigureKind

Entry = TypeVar("Entry")


class Unit(NamedTuple):
    """What a number measures: kind, the unit's name as stored, what one of it makes of the value."""

    kind: FigureKind
    name: str
    factor: float = 1.0


class Phrases(dict[tuple[str, ...], Entry]):
    """Entries by the token words of their phrases, with how long those may be that begin or end with a word: most
    words of a text begin none, and are passed over at the cost of one look."""

    def __init__(self, table: Mapping[tuple[str, ...], Entry]) -> None:
        super().__init__(table)
        self.longest_from: dict[str, int] = {}
        self.longest_to: dict[str, int] = {}
        for words_ in table:
            self.longest_from[words_[0]] = max(self.longest_from.get(words_[0], 0), len(words_))
            self.longest_to[words_[-1]] = max(self.longest_to.get(words_[-1], 0), len(words_))


def phrases(table: Mapping[str, Entry]) -> Phrases[Entry]:
    """The table with its keys as tuples of token words."""
    return Phrases({tuple(token.word for token in tokenize(phrase)): entry for phrase, entry in table.items()})


def phrase_at(table: Phrases[Entry], tokens: Sequence[Token], index: int) -> tuple[Entry, int] | None:
    """The longest phrase of a table that begins at a token, and the index behind it."""
    longest = table.longest_from.get(tokens[index].word, 0) if 0 <= index < len(tokens) else 0
    for length in range(min(longest, len(tokens) - index), 0, -1):
        entry = table.get(tuple(token.word for token in tokens[index : index + length]))
        if entry is not None:
            return entry, index + length
    return None


def phrase_before(table: Phrases[Entry], tokens: Sequence[Token], end: int) -> tuple[Entry, int] | None:
    """The longest phrase of a table that ends before a token, and the index where it begins."""
    longest = table.longest_to.get(tokens[end - 1].word, 0) if 0 < end <= len(tokens) else 0
    for length in range(min(longest, end), 0, -1):
        entry = table.get(tuple(token.word for token in tokens[end - length : end]))
        if entry is not None:
            return entry, end - length
    return None


def _each(entry: Entry, *words: str) -> dict[str, Entry]:
    return dict.fromkeys(words, entry)


QUALIFIERS: Phrases[Bound] = phrases(
    {
        **_each(Bound.MAX, "as many as", "as much as", "as high as", "as long as", "up to", "no more than"),
        **_each(Bound.MAX, "not more than", "fewer than", "less than", "lower than", "smaller than", "under", "below"),
        **_each(Bound.MAX, "just under", "well under", "at most", "at the most", "a maximum of", "maximum of", "max"),
        **_each(Bound.MAX, "within", "shy of", "just shy of", "not quite", "south of", "no longer than", "<", "≤"),
        **_each(Bound.MAX, "no later than", "little more than", "capped at", "a maximum", "short of"),
        **_each(Bound.MIN, "at least", "at the least", "no fewer than", "no less than", "not less than", "more than"),
        **_each(Bound.MIN, "greater than", "higher than", "longer than", "over", "above", "just over", "well over"),
        **_each(Bound.MIN, "just above", "well above", "upwards of", "upward of", "in excess of", "north of", "≥", ">"),
        **_each(Bound.MIN, "a minimum of", "minimum of", "minimum", "as few as", "as little as", "as low as"),
        **_each(Bound.MIN, "topped", "topping", "exceeded", "exceeding", "exceeds", "exceed", "surpassed", "passed"),
        **_each(Bound.MIN, "surpassing", "better than", "not fewer than", "beyond", "older than", "starting at"),
        **_each(Bound.APPROX, "some", "about", "around", "roughly", "approximately", "approx", "approx.", "nearly"),
        **_each(Bound.APPROX, "almost", "close to", "an estimated", "estimated", "more like", "like", "something like"),
        **_each(
            Bound.APPROX,
            "circa",
            "c.",
            "ca",
            "ca.",
            "closer to",
            "in the region of",
            "in the order of",
            "on the order of",
        ),
        **_each(Bound.APPROX, "approaching", "nearing", "barely", "virtually", "practically", "~", "≈", "perhaps"),
        **_each(Bound.APPROX, "maybe", "more or less", "an average of", "on average", "in the vicinity of", "close on"),
        **_each(Bound.APPROX, "estimated at", "nearer", "near", "somewhere around", "an approximate", "possibly"),
        **_each(Bound.EXACT, "just", "only", "exactly", "precisely", "a mere", "merely", "a total of", "as"),
        **_each(Bound.EXACT, "not only", "an exact", "a record", "a whopping", "a staggering"),
    }
)
"""What the words before a number say about it. "just" and the like say something, but leave the number exact."""

PASSED_OVER: Phrases[bool] = phrases(
    _each(
        True,
        *("another", "a further", "an additional", "the last", "the past", "the next", "the first", "the other", "the"),
        *(
            "over the last",
            "over the past",
            "over the next",
            "over the course of",
            "within the last",
            "within the past",
        ),
        *("in the last", "in the past", "his", "her", "its", "their", "our", "all", "last", "past", "next", "other"),
    )
)
"""Words that may stand between a qualifier and the number and say nothing about how exact it is."""

AFTERWARDS: Phrases[Bound] = phrases(
    {
        **_each(
            Bound.MIN, "or more", "or longer", "or older", "or higher", "or above", "or over", "or greater", "plus"
        ),
        **_each(
            Bound.MIN, "and over", "and above", "and older", "and more", "and up", "and counting", "+", "or better"
        ),
        **_each(Bound.MIN, "if not more", "at least", "at a minimum", "at the least", "and upwards", "or upwards"),
        **_each(Bound.MAX, "or less", "or fewer", "or under", "or below", "or lower", "or younger", "and under"),
        **_each(
            Bound.MAX, "at most", "at the most", "at a maximum", "tops", "max", "maximum", "and below", "or shorter"
        ),
        **_each(Bound.APPROX, "or so", "or thereabouts", "give or take", "ish", "more or less", "approximately", "odd"),
        **_each(Bound.APPROX, "approx", "-odd", "-ish"),
    }
)

CHANGED = frozenset(
    words(
        """rose rise rises risen fell fall falls fallen increased increase grew grown grow dropped drop jumped climbed
        went declined sank soared surged slid up down moved changed revised raised lowered cut expanded
        shrank improved slipped slowed doubled dipped edged"""
    )
)
"""Before "from X to Y" they make X and Y two figures and no range."""

SCORE_WORDS = frozenset(
    words(
        """won win wins winning beat beats beating lost lose loses losing drew draw draws drawn defeat defeats defeated
        victory victories score scores scored scoreline lead leads led ahead behind aggregate tie ties tied trail
        trailed thrashed edged vote votes voted voting ruling ruled rule decision majority margin split opinion sets
        half-time halftime penalties shootout sunk hammered overcame swept title final"""
    )
)
"""Beside two numbers with a dash they make them a score or the votes of two sides."""
SCORE_ENDS = frozenset(".,;:!?)]”’\"'—–")
OPENING = frozenset("([“‘\"'—")

TIME_UNITS: Mapping[str, tuple[str, float]] = {
    **{
        form: (plural, 1.0)
        for plural, forms in {
            "seconds": "second seconds sec secs",
            "minutes": "minute minutes min mins",
            "hours": "hour hours hr hrs h",
            "days": "day days",
            "nights": "night nights",
            "weeks": "week weeks wk wks",
            "months": "month months",
            "quarters": "quarter quarters",
            "years": "year years yr yrs",
            "decades": "decade decades",
            "centuries": "century centuries",
        }.items()
        for form in forms.split()
    },
    "fortnight": ("weeks", 2.0),
    "fortnights": ("weeks", 2.0),
    "milliseconds": ("milliseconds", 1.0),
}

SECONDS: Mapping[str, float] = {
    **{"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800, "months": 2629800},
    **{"years": 31557600, "decades": 315576000},
}
"""What makes "six months to two years" a range of one unit; months and years in their mean length."""

MEASURES = """kilometre kilometres|kilometer kilometers|metre metres|meter meters|centimetre centimetres
centimeter centimeters|millimetre millimetres|millimeter millimeters|mile miles|nautical mile nautical miles|foot feet
yard yards|inch inches|light year light years|hectare hectares|acre acres|tonne tonnes|ton tons|metric ton metric tons
metric tonne metric tonnes|kilogram kilograms|kilogramme kilogrammes|kilo kilos|gram grams|gramme grammes
milligram milligrams|ounce ounces|stone stone|litre litres|liter liters|gallon gallons|pint pints|barrel barrels
bushel bushels|megawatt megawatts|gigawatt gigawatts|kilowatt kilowatts|terawatt terawatts|watt watts|volt volts
megawatt-hour megawatt-hours|gigawatt-hour gigawatt-hours|kilowatt-hour kilowatt-hours|terawatt-hour terawatt-hours
megawatt hour megawatt hours|gigawatt hour gigawatt hours|kilowatt hour kilowatt hours|terawatt hour terawatt hours
knot knots|degree degrees|decibel decibels|kiloton kilotons|megaton megatons|megabyte megabytes|gigabyte gigabytes
terabyte terabytes|calorie calories|basis point basis points|hertz hertz|kilohertz kilohertz|megahertz megahertz"""
"""Singular and plural of units written out; the plural is stored."""

LENGTHS = frozenset(
    words(
        """kilometre kilometres kilometer kilometers metre metres meter meters centimetre centimetres centimeter
        centimeters mile miles foot feet yard yards km m cm ft yd"""
    )
)
"""Units whose "of" can lead to a place: "250 metres of the market"."""
ABBREVIATIONS = """km m cm mm ft yd ha t kg g mg lb lbs oz ml cl dl MW GW kW TW MWh GWh kWh TWh kV Hz kHz MHz GHz mph
km/h kph kmh m/s GB TB MB hPa mb dB km² m² km2 m2 m³ m3 sq.km ppm μg µg µm kcal kJ MJ GJ kt Mt Gt bpd"""

CURRENCY_WORDS: Mapping[str, str] = {
    **_each("USD", "dollar", "dollars", "us dollar", "us dollars", "u.s. dollars", "american dollars"),
    **_each("AUD", "australian dollar", "australian dollars"),
    **_each("CAD", "canadian dollar", "canadian dollars"),
    **_each("NZD", "new zealand dollars"),
    **_each("HKD", "hong kong dollars"),
    **_each("SGD", "singapore dollars"),
    **_each("EUR", "euro", "euros"),
    **_each("GBP", "pound", "pounds", "pounds sterling", "british pounds"),
    **_each("EGP", "egyptian pounds"),
    **_each("SYP", "syrian pounds"),
    **_each("LBP", "lebanese pounds"),
    **_each("INR", "indian rupees"),
    **_each("PKR", "pakistani rupees"),
    **_each("LKR", "sri lankan rupees"),
    **_each("rupees", "rupee", "rupees"),
    **_each("JPY", "yen", "japanese yen"),
    **_each("CNY", "yuan", "renminbi", "chinese yuan"),
    **_each("RUB", "rouble", "roubles", "ruble", "rubles", "russian roubles", "russian rubles"),
    **_each("CHF", "swiss francs", "swiss franc"),
    **_each("francs", "franc", "francs"),
    **_each("SEK", "swedish kronor", "swedish crowns", "kronor"),
    **_each("NOK", "norwegian kroner", "norwegian crowns"),
    **_each("DKK", "danish kroner", "danish crowns"),
    **_each("TRY", "turkish lira", "turkish liras"),
    **_each("lira", "lira", "liras"),
    **_each("ILS", "shekel", "shekels"),
    **_each("ZAR", "rand"),
    **_each("PLN", "zloty", "zlotys", "złoty"),
    **_each("UAH", "hryvnia", "hryvnias"),
    **_each("KRW", "south korean won", "korean won"),
    **_each("NGN", "naira"),
    **_each("THB", "baht"),
    **_each("BRL", "reais", "brazilian reais"),
    **_each("MXN", "mexican pesos"),
    **_each("pesos", "peso", "pesos"),
    **_each("SAR", "saudi riyals"),
    **_each("riyals", "riyal", "riyals"),
    **_each("rials", "rial", "rials"),
    **_each("dinars", "dinar", "dinars"),
    **_each("dirhams", "dirham", "dirhams"),
    **_each("cents", "cent", "cents"),
    **_each("pence", "pence"),
}
"""A name that several countries share keeps the word, since which currency it is would be a guess."""

CURRENCY_SIGNS: Mapping[str, str] = {
    **{"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS"},
    **{"₴": "UAH", "₦": "NGN", "₫": "VND", "฿": "THB", "₱": "PHP", "₸": "KZT", "₾": "GEL", "₵": "GHS", "＄": "USD"},
}
DOLLAR_PREFIXES: Mapping[str, str] = {
    **{"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"},
    **{"nt": "TWD", "r": "BRL", "mx": "MXN"},
}
CURRENCY_CODES = frozenset(
    words(
        """USD EUR GBP JPY CNY INR PKR AUD CAD NZD HKD SGD TWD CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY ILS
        EGP SYP LBP IQD IRR SAR AED QAR KWD ZAR NGN KES GHS ETB BRL MXN ARS CLP COP KRW THB VND IDR MYR PHP
        BDT LKR"""
    )
)
CODE_ALIASES: Mapping[str, str] = {"rmb": "CNY", "rs": "Rs", "re": "Rs", "kr": "kr", "fr": "CHF", "₨": "Rs"}


def _units() -> dict[str, Unit]:
    units = {form: Unit(FigureKind.DURATION, *unit) for form, unit in TIME_UNITS.items()}
    for pair in MEASURES.replace("\n", "|").split("|"):
        forms = pair.split()
        half = len(forms) // 2
        singular, plural = " ".join(forms[:half]), " ".join(forms[half:])
        for form in (singular, plural):
            units[form] = Unit(FigureKind.MEASURE, plural)
            if half == 1:
                units |= {f"square {form}": Unit(FigureKind.MEASURE, f"square {plural}")}
                units |= {f"sq {form}": Unit(FigureKind.MEASURE, f"square {plural}")}
                units |= {f"cubic {form}": Unit(FigureKind.MEASURE, f"cubic {plural}")}
    for short in ABBREVIATIONS.split():
        units[short.lower()] = Unit(FigureKind.MEASURE, short)
        units |= {f"sq {short.lower()}": Unit(FigureKind.MEASURE, f"sq {short}")}
    units |= {f"degrees {scale}": Unit(FigureKind.MEASURE, sign) for scale, sign in _DEGREES.items()}
    units |= {f"degree {scale}": Unit(FigureKind.MEASURE, sign) for scale, sign in _DEGREES.items()}
    units |= {"°": Unit(FigureKind.MEASURE, "degrees"), "°c": Unit(FigureKind.MEASURE, "°C")}
    units |= {"°f": Unit(FigureKind.MEASURE, "°F"), "ºc": Unit(FigureKind.MEASURE, "°C")}
    units |= {word: Unit(FigureKind.MONEY, code) for word, code in CURRENCY_WORDS.items()}
    units |= {code.lower(): Unit(FigureKind.MONEY, code) for code in CURRENCY_CODES if code not in ("TRY", "ALL")}
    percent = Unit(FigureKind.PERCENT, "%")
    units |= _each(percent, "%", "per cent", "percent", "pc", "pct", "٪", "percentage", "per-cent")
    points = Unit(FigureKind.PERCENT, "percentage points")
    units |= _each(
        points, "percentage points", "percentage point", "percent points", "% points", "per cent points", "pp"
    )
    units |= _each(Unit(FigureKind.PERCENT, "‰"), "‰", "per mille")
    units |= _each(Unit(FigureKind.MULTIPLIER, "times"), "times", "fold", "x", "×")
    return units


_DEGREES = {"celsius": "°C", "c": "°C", "centigrade": "°C", "fahrenheit": "°F", "f": "°F"}

UNITS: Phrases[Unit] = phrases(_units())

MULTIPLIERS: Mapping[str, float] = {
    **_each(2.0, "doubled", "double", "doubles", "doubling", "twice"),
    **_each(3.0, "tripled", "triple", "triples", "tripling", "trebled", "treble", "trebling", "thrice"),
    **_each(4.0, "quadrupled", "quadruple", "quadrupling"),
    **_each(5.0, "quintupled"),
    **_each(0.5, "halved", "halving"),
}

VAGUE: Phrases[float] = phrases(
    {
        "tens": 10,
        "dozens": 12,
        "scores": 20,
        "hundreds": 100,
        "thousands": 1e3,
        "lakhs": 1e5,
        "millions": 1e6,
        "crores": 1e7,
        "billions": 1e9,
        "trillions": 1e12,
        "double digits": 10,
        "double digit": 10,
        "double-digit": 10,
        "triple digits": 100,
        "triple digit": 100,
        "triple-digit": 100,
        "double figures": 10,
    }
)
"""The low that vague words stand for: one of what they name, the least that they can be held to mean."""

A_FEW: Phrases[float] = phrases(
    {
        **_each(3.0, "several", "a few", "quite a few", "a handful of", "a handful", "some few"),
        **_each(1.0, "many", "countless", "numerous", "multiple"),
    }
)
"""Vague numbers of something; "many" and the like only before a scale ("many thousands")."""

DETERMINERS = frozenset(words("the a an its his her their our my your all each any both"))
FILLERS = frozenset(words("other more additional further such extra strong of"))
NOUN_ENDS = frozenset(
    words(
        """a an the and or but nor on at to for from by with as that which who whom whose where when while is was were
        are be been being has have had having do does did will would could can may might shall should must
        not than then so if it he she they we you there here however into over under after before since
        until during about above below between against among through per said says told reported up down out
        off ago later earlier now in each every still only also yet because despite around across within
        without near along last this these monday tuesday wednesday thursday friday saturday sunday annually
        daily weekly monthly yearly"""
    )
)
"""Words that end the noun that is counted."""

NOT_PARTICIPLES = frozenset(words("need seed weed speed breed feed deed bed reed hundred red being thing king wing"))

PAST_VERBS = frozenset(
    words(
        """became began burnt came died drowned drove fell fled flew fought found froze gave got grew hid hit held kept
        knew left lost made met paid put ran remain remained rose said sank sat saw sent set shot shut slept spent
        spoke stood struck swam swept took told travelled voted walked went won wore live lived die need lack fear"""
    )
)
"""Verbs without "ed" or "ing" that follow a counted noun; see NOT_PARTICIPLES for the others."""

INTRANSITIVE = frozenset(
    words(
        """came died drowned fell fled flew sank slept spoke stood survived swam voted walked went lived remained
        escaped disappeared perished rose took saw ran won drove began became fought"""
    )
)
"""Verbs that begin a clause straight behind a number: "eleven came"."""

MONTHS = frozenset(
    words(
        """january february march april may june july august september october november december jan feb mar apr jun
        jul aug sep sept oct nov dec"""
    )
)
OTHER_MONTHS = frozenset(
    words(
        """января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
        يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
        فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"""
    )
)
"""Names of months in other scripts: a number beside one is a day or a year."""
DATE_SIGNS = frozenset("年月日號号時时点點分")
"""What stands straight behind the numbers of a date or a time in Chinese and Japanese."""
BEFORE_YEARS = frozenset(
    words("""in since until till by from of during before after early late mid year spring summer autumn winter fall""")
)
"""Before a bare 1998 they make it a year."""

RATE_NOUNS = frozenset(TIME_UNITS) | frozenset(
    words("""head person tonne ton barrel litre liter gallon share night kilo kilogram mile kilometre game match""")
)
ADVERBS_OF_RATE: Mapping[str, str] = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annually": "year",
    "yearly": "year",
    "hourly": "hour",
}
