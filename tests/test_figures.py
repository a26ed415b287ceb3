"""What marked words state as an amount, and how amounts are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.figures import format_amount, read_figure
from annotate.model import Figure
from annotate.vocabulary import Bound, FigureKind
from tests.amounts import amounts, expected_amounts

GOLDS = Path(__file__).resolve().parents[2] / "shared" / "articles"

EXACT, APPROX, MIN, MAX, RANGE, VAGUE = (
    Bound.EXACT,
    Bound.APPROX,
    Bound.MIN,
    Bound.MAX,
    Bound.RANGE,
    Bound.VAGUE,
)
COUNT, PERCENT, MONEY, DURATION, AGE = (
    FigureKind.COUNT,
    FigureKind.PERCENT,
    FigureKind.MONEY,
    FigureKind.DURATION,
    FigureKind.AGE,
)
RATE, TIMES, FRACTION, MEASURE = (
    FigureKind.RATE,
    FigureKind.MULTIPLIER,
    FigureKind.FRACTION,
    FigureKind.MEASURE,
)

# words, bound, number (a pair for ranges), kind, unit, counted, qualifier
CASES = [
    # counts and what is counted
    ("As many as 4,500 villagers", MAX, 4500, COUNT, "", "villagers", "As many as"),
    ("some 90,000", APPROX, 90000, COUNT, "", "", "some"),
    ("two other bridges", EXACT, 2, COUNT, "", "bridges", ""),
    ("just under 800 arrests", MAX, 800, COUNT, "", "arrests", "just under"),
    ("well over 30 lorries", MIN, 30, COUNT, "", "lorries", "well over"),
    ("at least 27 people", MIN, 27, COUNT, "", "people", "at least"),
    ("at least some 300 homes", MIN, 300, COUNT, "", "homes", "at least some"),
    ("under more than a metre of water", MIN, 1, MEASURE, "metres", "water", "more than"),
    ("at most at least 9 ships", MIN, 9, COUNT, "", "ships", "at least"),
    ("two of them", EXACT, 2, COUNT, "", "", ""),
    ("Eleven of them hold solvents", EXACT, 11, COUNT, "", "", ""),
    ("at least 40 of them hurt", MIN, 40, COUNT, "", "hurt", "at least"),
    ("only about 40 nurses", APPROX, 40, COUNT, "", "nurses", "only about"),
    ("no fewer than twelve judges", MIN, 12, COUNT, "", "judges", "no fewer than"),
    ("fewer than 50 of the ships", MAX, 50, COUNT, "", "ships", "fewer than"),
    ("not more than six ministers", MAX, 6, COUNT, "", "ministers", "not more than"),
    ("up to 1,500 troops", MAX, 1500, COUNT, "", "troops", "up to"),
    ("more than 60 homes destroyed by fire", MIN, 60, COUNT, "", "homes", "more than"),
    ("an estimated 7,000 refugees", APPROX, 7000, COUNT, "", "refugees", "an estimated"),
    ("20 or more people", MIN, 20, COUNT, "", "people", "or more"),
    ("20 people or more", MIN, 20, COUNT, "", "people", "or more"),
    ("30 or so farmers", APPROX, 30, COUNT, "", "farmers", "or so"),
    ("500+ complaints", MIN, 500, COUNT, "", "complaints", "+"),
    ("exactly 12 votes", EXACT, 12, COUNT, "", "votes", "exactly"),
    ("a total of 88 ballots", EXACT, 88, COUNT, "", "ballots", "a total of"),
    ("another 15 wells", EXACT, 15, COUNT, "", "wells", ""),
    ("nearly another 15 wells", APPROX, 15, COUNT, "", "wells", "nearly"),
    ("three solar-powered water pumps", EXACT, 3, COUNT, "", "solar-powered water pumps", ""),
    ("14 members of the security forces", EXACT, 14, COUNT, "", "members of the security forces", ""),
    ("613 have recovered", EXACT, 613, COUNT, "", "", ""),
    ("exceeded 2 million visitors", MIN, 2e6, COUNT, "", "visitors", "exceeded"),
    ("close to 5,000 seats", APPROX, 5000, COUNT, "", "seats", "close to"),
    ("120 ألف طن", EXACT, 120e3, COUNT, "", "طن", ""),
    ("١٢٠ ألف طن", EXACT, 120e3, COUNT, "", "طن", ""),
    ("2 مليون دولار", EXACT, 2e6, COUNT, "", "دولار", ""),
    ("5 ألف مليون", EXACT, 5e9, COUNT, "", "", ""),
    ("120 тысяч тонн", EXACT, 120e3, COUNT, "", "тонн", ""),
    ("12.5 млрд рублей", EXACT, 12.5e9, COUNT, "", "рублей", ""),
    ("120 mille tonnes", EXACT, 120e3, MEASURE, "tonnes", "", ""),
    ("1.2 Mrd Euro", EXACT, 1.2e9, MONEY, "EUR", "", ""),
    ("3 millones de personas", EXACT, 3e6, COUNT, "", None, ""),
    ("~250 goats", APPROX, 250, COUNT, "", "goats", "~"),
    (">70 stations", MIN, 70, COUNT, "", "stations", ">"),
    ("2-1", EXACT, 2, COUNT, "", "", ""),
    ("a 5,000-strong crowd", EXACT, 5000, COUNT, "", "crowd", ""),
    ("70,000 Covid-19 tests", EXACT, 70000, COUNT, "", "Covid-19 tests", ""),
    ("19 Mi-8 helicopters", EXACT, 19, COUNT, "", "Mi-8 helicopters", ""),
    ("200 🏠", EXACT, 200, COUNT, "", "", ""),
    ("أكثر 25 شخصا", None, 25, COUNT, "", "شخصا", ""),
    ("43 مدنيا قتلوا", EXACT, 43, COUNT, "", "مدنيا", ""),
    ("11 of 58 trucks", EXACT, 11, COUNT, "", "trucks", ""),
    ("within 250 metres of the market", MAX, 250, MEASURE, "metres", "", "within"),
    # digits in every dress
    ("12 345 tents", EXACT, 12345, COUNT, "", "tents", ""),
    ("12\u00a0345 tents", EXACT, 12345, COUNT, "", "tents", ""),
    ("12\u2009345 tents", EXACT, 12345, COUNT, "", "tents", ""),
    ("12\u202f345 tents", EXACT, 12345, COUNT, "", "tents", ""),
    ("1’234’567 tents", EXACT, 1234567, COUNT, "", "tents", ""),
    ("1.234.567 tents", EXACT, 1234567, COUNT, "", "tents", ""),
    ("1.234,56 hectares", EXACT, 1234.56, MEASURE, "hectares", "", ""),
    ("12,34,567 voters", EXACT, 1234567, COUNT, "", "voters", ""),
    ("٤٬٢٠٠ خيمة", EXACT, 4200, COUNT, "", "خيمة", ""),
    ("۳۵۰ نفر", EXACT, 350, COUNT, "", "نفر", ""),
    ("३२१ घर", EXACT, 321, COUNT, "", None, ""),
    ("2½ hours", EXACT, 2.5, DURATION, "hours", "", ""),
    # words
    ("twenty-one thousand three hundred books", EXACT, 21300, COUNT, "", "books", ""),
    ("a hundred and twenty recruits", EXACT, 120, COUNT, "", "recruits", ""),
    ("half a million cattle", EXACT, 500000, COUNT, "", "cattle", ""),
    ("a quarter of a million tulips", EXACT, 250000, COUNT, "", "tulips", ""),
    ("one and a half million tulips", EXACT, 1.5e6, COUNT, "", "tulips", ""),
    ("a million and a half tulips", EXACT, 1.5e6, COUNT, "", "tulips", ""),
    ("a dozen eggs", EXACT, 12, COUNT, "", "eggs", ""),
    ("about two dozen eggs", APPROX, 24, COUNT, "", "eggs", "about"),
    ("half a dozen eggs", EXACT, 6, COUNT, "", "eggs", ""),
    ("nearly half-a-dozen eggs", APPROX, 6, COUNT, "", "eggs", "nearly"),
    ("3 lakh farmers", EXACT, 300000, COUNT, "", "farmers", ""),
    ("two crore fifty lakh voters", EXACT, 25e6, COUNT, "", "voters", ""),
    ("3k subscribers", EXACT, 3000, COUNT, "", "subscribers", ""),
    ("4.5m commuters", EXACT, 4.5e6, COUNT, "", "commuters", ""),
    ("7bn birds", EXACT, 7e9, COUNT, "", "birds", ""),
    ("a couple of dogs", APPROX, 2, COUNT, "", "dogs", ""),
    # vague
    ("dozens of sheep", VAGUE, 12, COUNT, "", "sheep", ""),
    ("Scores of sheep", VAGUE, 20, COUNT, "", "sheep", ""),
    ("hundreds", VAGUE, 100, COUNT, "", "", ""),
    ("tens of thousands of fans", VAGUE, 10000, COUNT, "", "fans", ""),
    ("hundreds of millions of users", VAGUE, 1e8, COUNT, "", "users", ""),
    ("several hundred pilgrims", VAGUE, 300, COUNT, "", "pilgrims", "several"),
    ("a few thousand pilgrims", VAGUE, 3000, COUNT, "", "pilgrims", "a few"),
    ("several bridges", VAGUE, 3, COUNT, "", "bridges", "several"),
    ("many thousands of bats", VAGUE, 1000, COUNT, "", "bats", "many"),
    ("a six-figure sum", VAGUE, 100_000, COUNT, "", "sum", ""),
    ("millions of euros", VAGUE, 1e6, MONEY, "EUR", "", ""),
    ("just hours", VAGUE, 1, DURATION, "hours", "", "just"),
    ("several days", VAGUE, 3, DURATION, "days", "", "several"),
    # ranges
    ("between four and six", RANGE, (4, 6), COUNT, "", "", ""),
    ("4–6 missing", RANGE, (4, 6), COUNT, "", "missing", ""),
    ("4 to 6 million trees", RANGE, (4e6, 6e6), COUNT, "", "trees", ""),
    ("two to three hundred thousand bees", RANGE, (2e5, 3e5), COUNT, "", "bees", ""),
    ("800,000 to 1.2 million trees", RANGE, (8e5, 1.2e6), COUNT, "", "trees", ""),
    ("between one hundred and two hundred cars", RANGE, (100, 200), COUNT, "", "cars", ""),
    ("four or five boys", RANGE, (4, 5), COUNT, "", "boys", ""),
    ("from 10 to 15 wagons", RANGE, (10, 15), COUNT, "", "wagons", ""),
    ("$3m-$4m", RANGE, (3e6, 4e6), MONEY, "USD", "", ""),
    ("$3-4m", RANGE, (3e6, 4e6), MONEY, "USD", "", ""),
    ("£2.5bn to £3bn", RANGE, (2.5e9, 3e9), MONEY, "GBP", "", ""),
    ("4% to 6%", RANGE, (4, 6), PERCENT, "%", "", ""),
    ("4-6 per cent of voters", RANGE, (4, 6), PERCENT, "%", "voters", ""),
    ("10 km to 20 km", RANGE, (10, 20), MEASURE, "km", "", ""),
    ("two to three weeks", RANGE, (2, 3), DURATION, "weeks", "", ""),
    ("16- to 24-year-olds", RANGE, (16, 24), AGE, "years", "", ""),
    ("about 30 to 40 buses", RANGE, (30, 40), COUNT, "", "buses", "about"),
    ("-10 to -5 °C", RANGE, (-10, -5), MEASURE, "°C", "", ""),
    ("six months to two years", RANGE, (0.5, 2), DURATION, "years", "", ""),
    ("rose from 3.9 to 5.8 per cent", EXACT, 3.9, PERCENT, "%", "", ""),
    # per cent
    ("40% of farmed land", EXACT, 40, PERCENT, "%", "farmed land", ""),
    ("almost 12 per cent", APPROX, 12, PERCENT, "%", "", "almost"),
    ("like 60 %", APPROX, 60, PERCENT, "%", "", "like"),
    ("ninety percent of the crop", EXACT, 90, PERCENT, "%", "crop", ""),
    ("three percentage points", EXACT, 3, PERCENT, "percentage points", "", ""),
    ("0.25 percentage point", EXACT, 0.25, PERCENT, "percentage points", "", ""),
    ("up to 33%of those asked", MAX, 33, PERCENT, "%", "those asked", "up to"),
    # money
    ("€1.2bn", EXACT, 1.2e9, MONEY, "EUR", "", ""),
    ("under $250", MAX, 250, MONEY, "USD", "", "under"),
    ("US$5 million in aid", EXACT, 5e6, MONEY, "USD", "", ""),
    ("A$30,000", EXACT, 30000, MONEY, "AUD", "", ""),
    ("£7 m", EXACT, 7e6, MONEY, "GBP", "", ""),
    ("₹500 crore", EXACT, 5e9, MONEY, "INR", "", ""),
    ("¥20,000", EXACT, 20000, MONEY, "JPY", "", ""),
    ("CHF 300", EXACT, 300, MONEY, "CHF", "", ""),
    ("some 5m euros", APPROX, 5e6, MONEY, "EUR", "", "some"),
    ("ten million Canadian dollars", EXACT, 1e7, MONEY, "CAD", "", ""),
    ("$2tn", EXACT, 2e12, MONEY, "USD", "", ""),
    ("-$3m", EXACT, -3e6, MONEY, "USD", "", ""),
    ("$50 per barrel", EXACT, 50, MONEY, "USD per barrel", "", ""),
    ("€9 an hour", EXACT, 9, MONEY, "EUR per hour", "", ""),
    ("thousands of dollars per megawatt-hour", VAGUE, 1000, MONEY, "USD per megawatt-hour", "", ""),
    ("200 pounds of explosives", EXACT, 200, MEASURE, "pounds", "explosives", ""),
    # durations and ages
    ("three week", EXACT, 3, DURATION, "weeks", "", ""),
    ("just 11 days", EXACT, 11, DURATION, "days", "", "just"),
    ("a fortnight", EXACT, 2, DURATION, "weeks", "", ""),
    ("less than a month", MAX, 1, DURATION, "months", "", "less than"),
    ("within 45 minutes", MAX, 45, DURATION, "minutes", "", "within"),
    ("over the last five years", EXACT, 5, DURATION, "years", "", ""),
    ("a year or more", MIN, 1, DURATION, "years", "", "or more"),
    ("the 30-second film", EXACT, 30, DURATION, "seconds", "", ""),
    ("an hour and a half", EXACT, 1.5, DURATION, "hours", "", ""),
    ("half an hour", EXACT, 0.5, DURATION, "hours", "", ""),
    ("two and a half years", EXACT, 2.5, DURATION, "years", "", ""),
    ("nine-year-old", EXACT, 9, AGE, "years", "", ""),
    ("a 19-month-old boy", EXACT, 19, AGE, "months", "", ""),
    ("82 years old", EXACT, 82, AGE, "years", "", ""),
    ("in his 40s", RANGE, (40, 49), AGE, "years", "", ""),
    ("over 65s", MIN, 65, AGE, "years", "", "over"),
    ("aged 51", EXACT, 51, AGE, "years", "", ""),
    ("aged 65 and over", MIN, 65, AGE, "years", "", "and over"),
    # rates, multipliers, fractions, measures
    ("200 a day", EXACT, 200, RATE, "per day", "", ""),
    ("about 25 lorries a week", APPROX, 25, RATE, "per week", "lorries", "about"),
    ("five days a week", EXACT, 5, RATE, "days per week", "", ""),
    ("30 deaths per 100,000 people", EXACT, 30, RATE, "per 100,000 people", "deaths", ""),
    ("about four times", APPROX, 4, TIMES, "times", "", "about"),
    ("more than doubled", MIN, 2, TIMES, "times", "", "more than"),
    ("threefold", EXACT, 3, TIMES, "times", "", ""),
    ("a 10-fold rise", EXACT, 10, TIMES, "times", "", ""),
    ("nearly twice", APPROX, 2, TIMES, "times", "", "nearly"),
    ("3x", EXACT, 3, TIMES, "times", "", ""),
    ("two-thirds of the harvest", EXACT, 2 / 3, FRACTION, "", "harvest", ""),
    ("more than a third", MIN, 1 / 3, FRACTION, "", "", "more than"),
    ("three in four pupils", EXACT, 0.75, FRACTION, "", "pupils", ""),
    ("7 out of 10 doctors", EXACT, 0.7, FRACTION, "", "doctors", ""),
    ("half of all the islands", EXACT, 0.5, FRACTION, "", "islands", ""),
    ("1/4 of the fleet", EXACT, 0.25, FRACTION, "", "fleet", ""),
    ("44,947 megawatts", EXACT, 44947, MEASURE, "megawatts", "", ""),
    ("5 MW", EXACT, 5, MEASURE, "MW", "", ""),
    ("a 12-kilometre queue", EXACT, 12, MEASURE, "kilometres", "", ""),
    ("a wall 5m tall", EXACT, 5, MEASURE, "m", "", ""),
    ("30 tonnes of grain", EXACT, 30, MEASURE, "tonnes", "grain", ""),
    ("120 km/h", EXACT, 120, MEASURE, "km/h", "", ""),
    ("minus 12 degrees Celsius", EXACT, -12, MEASURE, "°C", "", ""),
    ("up 0.7C", EXACT, 0.7, MEASURE, "°C", "", ""),
    ("38°C", EXACT, 38, MEASURE, "°C", "", ""),
    ("300 square kilometres", EXACT, 300, MEASURE, "square kilometres", "", ""),
]


@pytest.mark.parametrize(("words", "bound", "number", "kind", "unit", "counted", "qualifier"), CASES)
def test_marked_words_give_the_amount_they_state(words, bound, number, kind, unit, counted, qualifier):
    figure = read_figure(words)
    assert figure.bound is bound
    assert amounts(figure) == pytest.approx(expected_amounts(bound, number))
    assert (figure.kind, figure.unit, figure.qualifier) == (kind, unit, qualifier)
    if counted is not None:  # combining vowel signs may end a noun early
        assert figure.counted == counted


@pytest.mark.parametrize(
    "words", ["", "civilians", "the second city", "Covid-19", "G7", "🇺🇦", "3rd", "1,2,3", "the 1980s"]
)
def test_words_without_an_amount_give_an_empty_figure(words):
    assert read_figure(words) == Figure()


def test_only_vague_words_give_an_inferred_low():
    assert read_figure("dozens of people").inferred
    assert not read_figure("at least 12 people").inferred


@pytest.mark.parametrize("name", ["aleppo", "blackouts", "covid"])
def test_every_core_figure_of_the_real_articles_comes_out_right(name):
    path = GOLDS / f"{name}.gold.json"
    if not path.exists():
        pytest.skip("the hand-made golds lie beside the project, in ../shared, and are absent here")
    wrong = []
    for gold in json.loads(path.read_text(encoding="utf-8"))["figures"]:
        if gold["tier"] != "core":
            continue
        figure = read_figure(gold["quote"])
        bound = Bound(gold["bound"])
        number = gold["value"]
        if bound is Bound.RANGE:
            number = (gold["value_low"], gold["value_high"])
        if figure.bound is not bound or amounts(figure) != expected_amounts(bound, number):
            wrong.append((gold["quote"], figure))
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("about 1,200 residents", "≈ 1,200 residents"),
        ("four to six missing", "4–6 missing"),
        ("As many as 10,000 civilians", "≤ 10,000 civilians"),
        ("at least 27 people", "≥ 27 people"),
        ("40% of farmed land", "40% of farmed land"),
        ("dozens", "dozens (≥ 12)"),
        ("tens of thousands of fans", "tens of thousands of fans (≥ 10,000)"),
        ("several hundred pilgrims", "≥ 300 pilgrims"),
        ("€1.2bn", "€1.2 billion"),
        ("$50 per barrel", "$50 per barrel"),
        ("CHF 300", "300 CHF"),
        ("$3m-$4m", "$3 million–$4 million"),
        ("two week", "2 weeks"),
        ("a month", "1 month"),
        ("seven-year-old", "7 years old"),
        ("two-thirds of the harvest", "2/3 of harvest"),
        ("about 25 lorries a week", "≈ 25 lorries per week"),
        ("five days a week", "5 days per week"),
        ("more than doubled", "≥ 2 times"),
        ("-10 to -5 °C", "-10 to -5 °C"),
        ("30 tonnes of grain", "30 tonnes of grain"),
        ("1,234,567 tents", "1,234,567 tents"),
        ("nothing", ""),
        ("more than a metre of water", "≥ 1 metre of water"),
        ("1 cubic foot", "1 cubic foot"),
        ("one century", "1 century"),
        ("two metres", "2 metres"),
    ],
)
def test_an_amount_is_written_short(words, short):
    assert format_amount(read_figure(words)) == short


@pytest.mark.parametrize(
    ("words", "value", "counted"),
    [("نحو ١٬٢٠٠ شخص", 1200, "شخص"), ("نحو ١٢ شخصاً", 12, "شخصاً"), ("около 300 человек", 300, "человек")],
)
def test_a_qualifier_in_a_script_that_is_not_read_leaves_the_bound_open(words: str, value: int, counted: str) -> None:
    figure = read_figure(words)
    assert (figure.value, figure.bound, figure.counted) == (value, None, counted)


def test_a_number_that_comes_first_is_exact_in_any_script() -> None:
    assert read_figure("٣٠ منزلا").bound is Bound.EXACT
