"""Who says what, sentence by sentence: the shapes in which English reports speech."""

from __future__ import annotations

import pytest

from annotate.suggest import propose
from annotate.vocabulary import Kind

Claim = tuple[str | tuple[str, ...], str]
"""Words (of several spans, where it is interrupted) and speaker."""


def claims_of(text: str) -> list[Claim]:
    found: list[Claim] = []
    for one in propose(text):
        if one.kind is Kind.CLAIM and one.record["speakers"]:
            words = tuple(text[span.start : span.end] for span in one.spans)
            found.append((words if len(words) > 1 else words[0], text[slice(*one.record["speakers"][0])]))
    return found


def sources_of(text: str) -> list[str]:
    return [text[one.spans[0].start : one.spans[0].end] for one in propose(text) if one.kind is Kind.SOURCE]


SENTENCES: list[tuple[str, list[Claim]]] = [
    (
        "Police said at least three people were hurt when a tram left the rails on Tuesday.",
        [("at least three people were hurt when a tram left the rails on Tuesday", "Police")],
    ),
    (
        '"We heard a bang and then screaming," said Maria Lopez, 34, who was on her way to work.',
        [('"We heard a bang and then screaming,"', "Maria Lopez")],
    ),
    (
        "The fire broke out in a storage room, the city's fire chief, Tom Weller, told a news conference.",
        [("The fire broke out in a storage room", "the city's fire chief, Tom Weller")],
    ),
    (
        "A senior official who asked not to be named told Reuters that the talks had collapsed.",
        [("the talks had collapsed", "A senior official")],
    ),
    (
        "The ministry denied that its aircraft had carried out the strike.",
        [("its aircraft had carried out the strike", "The ministry")],
    ),
    ("Neither side would comment on the report.", []),
    ("A spokesman for the company declined to comment.", []),
    (
        "Tests found that the water contained lead at three times the legal limit.",
        [("the water contained lead at three times the legal limit", "Tests")],
    ),
    ("His family says he was unarmed.", [("he was unarmed", "His family")]),
    (
        "The raid had failed, said a senior military official who spoke on condition of anonymity.",
        [("The raid had failed", "a senior military official")],
    ),
    ("Witnesses described hearing three explosions.", [("hearing three explosions", "Witnesses")]),
    (
        "Activists claimed more than 60 people had been detained, a figure that could not be independently verified.",
        [("more than 60 people had been detained", "Activists")],
    ),
    (
        "The agency said on Wednesday it expects oil demand to rise by 1.2 million barrels a day.",
        [("it expects oil demand to rise by 1.2 million barrels a day", "The agency")],
    ),
    (
        "The authors caution that the study cannot prove cause and effect.",
        [("the study cannot prove cause and effect", "The authors")],
    ),
    ("The minister tweeted on Sunday that the deal was dead.", [("the deal was dead", "The minister")]),
    (
        "Press secretary Jane Doe told CNN the president would sign the bill.",
        [("the president would sign the bill", "Press secretary Jane Doe")],
    ),
    ("Republicans counter that it would lower premiums.", [("it would lower premiums", "Republicans")]),
    (
        "A Pollmark survey released on Thursday found 52 percent of voters disapprove of the mayor.",
        [("52 percent of voters disapprove of the mayor", "A Pollmark survey")],
    ),
    ("Everyone agrees something must change.", [("something must change", "Everyone")]),
    ("The death toll continues to rise along the coast.", []),
    ("The mayor reassured residents that the water was safe.", [("the water was safe", "The mayor")]),
    ("The study demonstrated that the vaccine works in children.", [("the vaccine works in children", "The study")]),
    ("Asked about the delay, Horn answered that the parts had not come.", [("the parts had not come", "Horn")]),
    ('"Not on my watch, not ever," Horn deadpanned.', [('"Not on my watch, not ever,"', "Horn")]),
    (
        "Although the coach said it was wild to see himself there, he stopped short of telling more.",
        [("it was wild to see himself there", "the coach")],
    ),
    ("Moy, who said the north was out of the race, got the ruling.", [("the north was out of the race", "Moy")]),
    ("The host, dressed like a judge, rules either in favor of Holm or Moy.", []),
    (
        'The country "has changed for the better," McCall said in June 2012, citing the release of prisoners.',
        [('The country "has changed for the better,"', "McCall")],
    ),
    (
        '"It plays with us," Santana told Radio Latina recently during an interview that also included Castell.',
        [('"It plays with us,"', "Santana")],
    ),
    (
        '"Will that change anything at all?" Vitter demanded.',
        [('"Will that change anything at all?"', "Vitter")],
    ),
    ("The photos do not show faces, and they show what appears to be a man in dark clothing.", []),
    ("This week, the president declined to threaten the north or even declare it responsible.", []),
    ('"They will face jail" for their crimes, Wade said.', [('"They will face jail"', "Wade")]),
    (
        "Federal auditors also discovered that loans were made to relatives of the governor.",
        [("loans were made to relatives of the governor", "Federal auditors")],
    ),
    (
        "Brunn, a developer, said many of the examples failed to note that the scheme helped poor areas.",
        [("many of the examples failed to note that the scheme helped poor areas", "Brunn")],
    ),
    (
        "Emissions fell, but, according to Hansen, warming has sped up since then.",
        [("warming has sped up since then", "Hansen")],
    ),
    ("The farmers, for their part, point at the ski resorts in the valley.", []),
    (
        "The company denied its managers had known of the leak.",
        [("its managers had known of the leak", "The company")],
    ),
    ("Smith, defending, said his client had shown remorse.", [("his client had shown remorse", "Smith")]),
    (
        "Prosecutor Jane Hill told the court Brown had planned the attack for months.",
        [("Brown had planned the attack for months", "Prosecutor Jane Hill")],
    ),
    (
        '"It was chaos," she said. "People were running everywhere. I have never seen anything like it."',
        [
            ('"It was chaos,"', "she"),
            ('"People were running everywhere. I have never seen anything like it."', "she"),
        ],
    ),
    (
        "According to figures released by the statistics office, inflation rose from 3.9 to 5.8 per cent in May.",
        [("inflation rose from 3.9 to 5.8 per cent in May", "figures released by the statistics office")],
    ),
    (
        "Inflation, according to the central bank, will fall below 2% by autumn.",
        [("Inflation, according to the central bank, will fall below 2% by autumn", "the central bank")],
    ),
    (
        "More than 300 homes were damaged, according to the governor, Oleh Synyehubov.",
        [("More than 300 homes were damaged", "the governor, Oleh Synyehubov")],
    ),
    ("The bank, which employs 12,000 people, said it would cut 400 jobs.", [("it would cut 400 jobs", "The bank")]),
    ("The company's shares fell 4% after it warned of lower profits.", []),
    (
        "Human Rights Watch said in a report on Wednesday that 43 civilians had been killed.",
        [("43 civilians had been killed", "Human Rights Watch")],
    ),
    (
        "The strike killed 12 people, the Red Crescent said, revising an earlier toll of nine.",
        [("The strike killed 12 people", "the Red Crescent")],
    ),
    (
        'In a post on X, the president wrote: "We will not be intimidated."',
        [('"We will not be intimidated."', "the president")],
    ),
    (
        "“We are ready to talk,” the foreign minister, Lena Fors, said on Sunday, adding that no date had been set.",
        [
            ("“We are ready to talk,”", "the foreign minister, Lena Fors"),
            ("no date had been set", "the foreign minister, Lena Fors"),
        ],
    ),
    ('The coach was pleased. "We deserved it," he said after the 2-1 win.', [('"We deserved it,"', "he")]),
    (
        "Officials say the dam is safe, but residents fear it could burst.",
        [("the dam is safe", "Officials"), ("it could burst", "residents")],
    ),
    ("Witnesses told the BBC they saw bodies in the street.", [("they saw bodies in the street", "Witnesses")]),
    (
        '"Nobody", insisted the minister, "will lose their pension."',
        [(('"Nobody"', '"will lose their pension."'), "the minister")],
    ),
    (
        "The suspect, identified as a 23-year-old man, was arrested, the interior minister, Jo Roe, said on Twitter.",
        [("The suspect, identified as a 23-year-old man, was arrested", "the interior minister, Jo Roe")],
    ),
    (
        "The two sides had agreed a truce, the foreign ministry announced on Wednesday.",
        [("The two sides had agreed a truce", "the foreign ministry")],
    ),
    (
        "Speaking to reporters in Geneva, WHO chief Ana Ruiz warned the virus was spreading fast.",
        [("the virus was spreading fast", "WHO chief Ana Ruiz")],
    ),
    (
        'Her brother Daniel said she had texted him at 10.15pm: "I love you."',
        [("she had texted him at 10.15pm", "Her brother Daniel"), ('"I love you."', "Her brother Daniel")],
    ),
    (
        "The company said profits rose 12% in the six months to June, beating analysts' forecasts.",
        [("profits rose 12% in the six months to June, beating analysts' forecasts", "The company")],
    ),
    ('Trump said he would sign the bill "very soon".', [('he would sign the bill "very soon"', "Trump")]),
    ("« C'était trop tard », she added.", [("« C'était trop tard »", "she")]),
    (
        "HARBOUR (AP) — Three boats sank on Monday, the coast guard said, according to Radio Nord.",
        [("Three boats sank on Monday", "the coast guard")],
    ),
    (
        "While the boats were searched, a sailor reported that a second crew was missing, Captain Roe said.",
        [("While the boats were searched, a sailor reported that a second crew was missing", "Captain Roe")],
    ),
    (
        "Brokers had projected a profit of $2 a share, according to Tideline data.",
        [("Brokers had projected a profit of $2 a share", "Tideline data")],
    ),
    (
        "The mission said 12 sailors had drowned but the government dismissed the claim.",
        [("12 sailors had drowned", "The mission")],
    ),
    ("The captain told the crowd to stay away from the pier.", []),
    ("A man suspected of lighting the fire was held.", []),
    ('He "frightened the whole town," Mayor Ana Roe said.', [('He "frightened the whole town,"', "Mayor Ana Roe")]),
    ('President Ana Roe called it "an act of pure cruelty".', [('it "an act of pure cruelty"', "President Ana Roe")]),
    (
        "Two people with direct knowledge of the talks, speaking on condition of anonymity, said a deal was close.",
        [("a deal was close", "Two people with direct knowledge of the talks")],
    ),
    (
        "The pilot radioed that both engines had failed, investigators said in a preliminary report.",
        [("The pilot radioed that both engines had failed", "investigators")],
    ),
    (
        "Admiral Holm said allies had pledged 40 boats; the embassy called the move a provocation.",
        [("allies had pledged 40 boats", "Admiral Holm")],
    ),
    ('"Was I scared? Of course," Yusuf laughs.', [('"Was I scared? Of course,"', "Yusuf")]),
    ("Roe called on all sides to talk.", []),
    (
        "The airline apologised and said affected customers would be offered refunds.",
        [("affected customers would be offered refunds", "The airline")],
    ),
    (
        'The railway\'s chief negotiator, Tom Weir, warned: "There is no more money."',
        [('"There is no more money."', "The railway's chief negotiator, Tom Weir")],
    ),
    ("The alliance, which holds the town, put the toll at 71 and blamed jets.", [("the toll at 71", "The alliance")]),
    (
        "The government raised the number of confirmed dead to 312.",
        [("the number of confirmed dead to 312", "The government")],
    ),
    ("The bank cut its forecast by $4 to $66.", [("its forecast by $4 to $66", "The bank")]),
    ("The coalition has acknowledged 37 deaths.", [("37 deaths", "The coalition")]),
    (
        "Shells fell in what residents called the deadliest attack in years.",
        [("the deadliest attack in years", "residents")],
    ),
    (
        "People ran to help, she said, and the second bomb fell among them.",
        [("People ran to help, she said, and the second bomb fell among them", "she")],
    ),
    ("By then, volunteers said, only half had been named.", [("only half had been named", "volunteers")]),
    (
        "The envoy cautioned, however, that it was too soon to say who gave the order.",
        [("it was too soon to say who gave the order", "The envoy")],
    ),
    (
        "The minister denied that there is any shortage and accused traders of greed.",
        [("there is any shortage", "The minister"), ("traders of greed", "The minister")],
    ),
    (
        "Strategists at Kest said the market was calm and predicted wheat would fall.",
        [("the market was calm", "Strategists at Kest"), ("wheat would fall", "Strategists at Kest")],
    ),
    (
        "Few had lung disease, he pointed out, compared with a tenth of all.",
        [("Few had lung disease, he pointed out, compared with a tenth of all", "he")],
    ),
    (
        "In the other group, the researchers report, the figure was 204.",
        [("the figure was 204", "the researchers")],
    ),
    ("She is adamant that the goal should not have stood.", [("the goal should not have stood", "She")]),
    ("The envoy condemned “a plain crime” and called for an inquiry.", [("“a plain crime”", "The envoy")]),
    ("In the mountains she put the dead at 360.", [("the dead at 360", "she")]),
    ("Copper bucked the trend, adding 0.7% to $9,415 a tonne.", []),
    ("The move took place despite repeated warnings from his lawyer that it would fail.", []),
    (
        "The man who police say fired first was hit twice, a spokesman said on Monday.",
        [("The man who police say fired first was hit twice", "a spokesman")],
    ),
]


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES, ids=[sentence[:40] for sentence, _ in SENTENCES])
def test_a_sentence_says_who_claims_what(sentence: str, claims: list[Claim]) -> None:
    assert claims_of(sentence) == claims


@pytest.mark.parametrize(("sentence", "claims"), SENTENCES[:12], ids=[sentence[:40] for sentence, _ in SENTENCES[:12]])
def test_it_says_so_behind_other_scripts_too(sentence: str, claims: list[Claim]) -> None:
    assert claims_of(f"قال الدفاع المدني 🚒 40.\r\n🇺🇦 Zoe\u0301\u2028{sentence}") == claims


def test_a_speech_over_several_paragraphs_is_a_claim_in_each() -> None:
    text = "“We meet in dark days,” the queen said.\n\n“Let us be brave.\n\n“Let us be kind.”"
    assert [words for words, _ in claims_of(text)] == [
        "“We meet in dark days,”",
        "“Let us be brave.",
        "“Let us be kind.”",
    ]
    assert {speaker for _, speaker in claims_of(text)} == {"the queen"}


def test_stances_and_channels_are_told() -> None:
    [denied] = [one for one in propose("The army denied that it had fired.") if one.kind is Kind.CLAIM]
    assert denied.record["stance"] == "denies"
    text = "Two officials told Reuters that the deal was off."
    [told] = [one for one in propose(text) if one.kind is Kind.CLAIM]
    assert text[slice(*told.record["via"])] == "Reuters"


def test_surnames_and_acronyms_belong_to_the_full_names_before_them() -> None:
    text = (
        "The World Health Organization said the outbreak was over. Dr Ana Ruiz, its envoy, said it had been hard.\n\n"
        "“It was long,” Dr Ruiz said. The WHO said it would stay."
    )
    names = [one.record["name"] for one in propose(text) if one.kind is Kind.SOURCE]
    assert names == ["World Health Organization", "Ana Ruiz", "Ana Ruiz", "World Health Organization"]
    claims = [one.record["source"] for one in propose(text) if one.kind is Kind.CLAIM]
    assert set(claims) == {"World Health Organization", "Ana Ruiz"}


def test_names_of_the_register_go_before_those_of_the_text() -> None:
    text = "The White Helmets said 12 people had died."
    [source] = [one for one in propose(text, known_names=["White Helmets"]) if one.kind is Kind.SOURCE]
    assert source.record["name"] == "White Helmets"


def test_names_of_the_register_are_found_where_nobody_speaks() -> None:
    text = "🇺🇦 Zoe\u0301 Roe of the White Helmets was hurt. The White Helmets said so. Whites stayed."
    found = [
        (text[one.spans[0].start : one.spans[0].end], one.rule)
        for one in propose(text, known_names=["White Helmets", "White", "Zoe\u0301 Roe"])
        if one.kind is Kind.SOURCE
    ]
    assert found == [
        ("Zoe\u0301 Roe", "in the register"),
        ("White Helmets", "in the register"),
        ("The White Helmets", "speaker, named"),
    ]


def test_credits_are_sources_and_say_nothing() -> None:
    text = "Boats on the river. Ana Ruiz / Reuters\n\nPhotograph: Jo Roe/Getty Images\n\nSource: WHO, Health Ministry"
    assert sources_of(text) == ["Ana Ruiz", "Reuters", "Jo Roe", "Getty Images", "WHO", "Health Ministry"]
    assert claims_of(text) == []


def test_the_outlet_s_own_sentences_are_proposed_where_they_hold_a_figure() -> None:
    text = "The town has 900 homes in it. It is old. Police said 40 people had left."
    own = [one for one in propose(text) if one.kind is Kind.CLAIM and not one.record["speakers"]]
    assert [text[one.spans[0].start : one.spans[0].end] for one in own] == ["The town has 900 homes in it."]
    assert own[0].confidence < 0.6


def test_in_another_language_nobody_is_taken_for_a_speaker() -> None:
    text = (
        "El juez Mateo Castro llegó ayer a los juzgados de Vía Alemania y no quiso hablar con los periodistas sobre el "
        "auto que dictó el martes. La fiscalía pidió tiempo para leer los 227 folios. Ana Salinas, su abogada, estuvo "
        "con él toda la mañana y salió sola poco después de las dos. Nadie del partido quiso decir nada más.\n\n"
        "«No lo sé, no estoy en la intención de ellos y no voy a estarlo»"
    )
    assert claims_of(text) == []
    assert sources_of(text) == []


@pytest.mark.parametrize(
    "text", ["“It fell,” said Rob Keane\u0301 of Ashby.", "Ana Ruiz\u20e3 said that the wall fell."]
)
def test_a_speaker_stands_where_its_source_is_proposed_also_with_a_mark_on_its_last_letter(text: str) -> None:
    proposed = propose(text)
    sources = [[one.spans[0].start, one.spans[0].end] for one in proposed if one.kind is Kind.SOURCE]
    [speaker] = next(one for one in proposed if one.kind is Kind.CLAIM).record["speakers"]
    assert speaker in sources
    assert text[slice(*speaker)].endswith(("\u0301", "\u20e3", "Ashby"))
