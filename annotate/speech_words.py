"""The words that say who speaks: verbs with their stance, audiences, roles, kinds of source.

Plain tables in lower case, so that whoever knows the language better than the program can read and extend them.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotate.tokens import words
from annotate.vocabulary import SourceType, Stance

SAY_VERBS: Mapping[str, Stance] = {
    **dict.fromkeys(
        words(
            """accepted accepts accuse accused accusing add added adding adds admitting advised advises affirm
            affirmed affirms agreed agrees allege alleged alleges alleging announce announced announces argue
            argued argues arguing asked assert asserted asserts attested barked beamed began begins believe
            believed believes blame blamed blames blasted boasted boasts branded called calls cautioned cautions
            chided chides chimed chuckled chuckles cite cited cites claim claimed claiming claims clarified
            comment commented complain complained complains conceding conclude concluded concludes concurred
            condemned condemns confided confides contend contended contends continued countered counters
            credited cried criticised criticized declare declared declares declaring demanded denounced describe
            described describes determined disclose disclosed dubbed emphasised emphasises emphasized emphasizes
            enthused enthuses estimate estimated estimates exclaimed exclaims expect expected expects explain
            explained explaining explains express expressed fear feared fears feels felt find finds forecast
            forecasts found fumed grinned grins groaned groans growled grumbled grumbles gushed hailed hails
            heard hint hinted hope hoped hopes implied imply indicate indicated indicates inform informed insist
            insisted insisting insists interjected interjects interrupted intimate intimated intoned joked jokes
            labeled labelled lamented laments laughed laughs learned learnt likened listed maintain maintained
            maintaining maintains marvelled marvels mention mentioned mumbled mumbles murmured murmurs mused
            muses muttered mutters nodded nods note noted notes noting observe observed observes offered offers
            ordered pleaded pledged pledges pointed posted posts praised praises predict predicted predicting
            predicts projected projects promised promises promising proposed protested put puts quipped quips
            quoting read reads recall recalled recalls reckoned reckons recommended recommends recounted
            recounts reflected reflects reiterate reiterated remark remarked remarks remembered remembers repeat
            repeated replied reply report reported reports respond responded responds retorted reveal revealed
            reveals roared ruled rules said say saying says scoffed scoffs screamed screams shouted shouts show
            showed shown shows shrugged shrugs sighed sighs signaled signalled slammed smiled smiles snapped
            snaps sneered snorted snorts sobbed sobs speculate speculated stammered state stated states stress
            stressed stresses stressing suggest suggested suggesting suggests surmised suspect suspected
            suspects swore tell telling tells testified testifies testify thanked think thinks thought thundered
            told touted tweet tweeted underlined underlines understands urge urged urges ventured vow vowed
            vowing vows wailed warn warned warning warns wept whispered whispers wondered wonders write writes
            wrote yelled yells"""
        ),
        Stance.ASSERTS,
    ),
    **dict.fromkeys(
        words(
            """confirm confirms confirmed verify verifies verified corroborate corroborated acknowledge
            acknowledges acknowledged admit admits admitted concede concedes conceded"""
        ),
        Stance.CONFIRMS,
    ),
    **dict.fromkeys(
        words("deny denies denied denying reject rejects rejected dismiss dismisses dismissed refute refutes refuted"),
        Stance.DENIES,
    ),
    **dict.fromkeys(
        words("doubt doubts doubted question questions questioned dispute disputes disputed"), Stance.DOUBTS
    ),
}
"""Verbs of saying and what their subject does with the claim."""

NOUNS_TOO = frozenset(
    words(
        """felt feels accepted accepts promises pledges remarks posts warning laments promising urges
        claim claims report reports comment state states estimate estimates forecast forecasts note notes show
        shows question questions doubt doubts dispute hint urge reply pledge find finds found read reads called asked
        pointed listed thought express promised listed posted repeat expected rules ordered agreed agrees
        continued laughed laughs smiled smiles sighed sighs heard suspect suspects projects determined recommended
        proposed demanded advised hope hopes
        fear fears blame remembered swore"""
    )
)
"""Forms that are also nouns or say something else: they speak only where a claim, "that" or a mark follows."""

BESIDE_QUOTES = frozenset(
    words(
        """murmured murmurs muttered mutters mumbled mumbles sobbed sobs grumbled grumbles groaned groans yelled
        yells screamed screams snapped snaps snorted snorts joked jokes mused muses scoffed scoffs chuckled
        chuckles grinned grins shrugged shrugs nodded nods gushed beamed barked interjected interjects fumed
        enthused enthuses intoned sneered wailed roared growled whispers shouts exclaims replies retorts quips
        laughed laughs smiled smiles sighed sighs cries offered offers began begins continued continues recalls
        calls thundered stammered protested interrupted chimed remembers insists wept ventured posted posts tweeted"""
    )
)
"""Verbs that speak only where a quotation stands beside them or their subject."""

REPORTS_NOTHING_BEFORE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(words("put ruled rules"), (" out",)),
    "asked": (" for ",),
    "called": (" o",),
    "read": (" to ", " out ", " from "),
    "found": (" guilty",),
    "pointed": (" at ",),
    **dict.fromkeys(words("denied denies"), (" the charge", " all charges", " the allegations", " it", " this")),
    **dict.fromkeys(words("alleged believed estimated expected feared known reported said"), (" to be ", " to have ")),
    "suspected": (" to be ", " to have ", " of ", " for ", " over ", " to ", " in "),
    **dict.fromkeys(
        words("offered offers pledged pledges promised promises urged urges vowed vows"), (" to ", " not to ")
    ),
    **dict.fromkeys(words("accused blamed cited convicted shown"), (" of ", " for ", " over ", " to ", " in ")),
}
"""What follows verbs that then report nothing: "ruled out a change", "vowed to rebuild", "accused of theft"."""

OTHERWISE_TOO = frozenset(
    words(
        """calls continued continues insists joked jokes laughed laughs protested quips recalls remembers
        replies retorts sighed sighs smiled smiles"""
    )
)
"""Of those beside quotations: verbs that also report without one."""

CLAUSE_ONLY = frozenset(words("accepted accepts agreed feared feels felt finds found heard remembered showed shows"))
"""Forms that report where a clause with a verb of its own follows, and where "that" does."""

WITH_QUOTES = frozenset(
    words(
        """called calls branded dubbed labelled labeled praised praises condemned condemns criticised criticized
        slammed hailed hails blasted denounced thanked credited likened described"""
    )
)
"""What somebody says with these is a claim only where some of it is quoted soon behind them."""

PARTICIPLES_TOO = frozenset(
    words(
        """announced reported confirmed claimed estimated described admitted noted disclosed revealed alleged
        suspected expected blamed feared accused verified"""
    )
)
"""Forms that behind a noun and before a preposition do not speak ("patients admitted to hospital")."""

DECLINING = (
    r"(?:declined|declines|refused|refuses)(?: to(?: comment| say| answer| confirm| respond| discuss| be drawn)?)?"
    r"|(?:did|has|have|does) not (?:immediately )?(?:comment|respond|responded|reply|replied|commented|answer)"
    r"|neither confirmed nor denied|(?:could|would) not (?:confirm|comment|say)"
    r"|did not (?:say|clarify|disclose|specify|elaborate)"
)
"""What somebody does who was asked and said nothing."""

AUXILIARIES = frozenset(
    words(
        """has have had having also later previously further repeatedly earlier reportedly recently then still now
        initially just again all both openly once never publicly privately since simply already first even always
        often once would will could did does do is was are were be been being did not"""
    )
)
"""Words between a subject and its verb that belong to neither."""

TIME_WORDS = frozenset(
    words(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
        august september october november december today yesterday tomorrow tonight morning afternoon evening week
        month year night weekend day days weeks months years hours hour ago earlier later last this"""
    )
)

ADVERBIAL_STARTS = frozenset(
    words(
        """in on at during after before since over by under asked speaking hours days weeks for with following once
        less more earlier later last meanwhile however still yet then so but and while as because also
        simultaneously separately instead elsewhere today yesterday from despite according citing moments minutes
        months years nonetheless nevertheless moreover indeed when if although though until where among finally
        first second throughout beyond outside inside two three four five six asked"""
    )
)
"""Words that a stretch before the subject begins with: "In late March, …", "Hours later, …"."""

LEADING_CONJUNCTIONS = frozenset(
    words("but and however meanwhile later still yet then so while as because also although that when or though where")
)

CLAUSE_STARTS = frozenset(
    words(
        """after because while when although though since if before that which who but where whether as until
        unless nor than is are was were will would has have had comes came says said and"""
    )
)
"""Where a subject searched backwards from its verb must have begun; "and" only before a lower-case clause."""

SUBJECT_ENDS = frozenset(
    words(
        """who which whose that on in at during after before when while as with by to but because where since
        adding referring speaking citing amid following last this earlier yesterday today late early if via through
        from against over under despite using without despite monday tuesday wednesday thursday friday saturday
        sunday"""
    )
)
"""Words that end a speaker who is named behind the verb ("said Jane Roe on Monday")."""

PRONOUNS = frozenset(words("he she they it we i you who that this which these those there one what"))
SPEAKING_PRONOUNS = frozenset(words("he she they it"))
"""Those that stand for who speaks; outside of quotations "I" and "we" are the author, who is no source."""

AUDIENCES = frozenset(
    words(
        """detectives officers prosecutors doctors friends neighbours readers fans reporters reporter investigators
        police parliament congress lawmakers mps members journalists journalist senators delegates supporters staff
        court jurors judges him her them me us it investors analysts officials people residents parents families
        viewers listeners followers council assembly senate cabinet committee conference briefing hearing inquiry
        rally crowd meeting kremlin worshippers students workers"""
    )
)
"""Who is told something and passes nothing on: not a channel."""

OUTLET_WORDS = frozenset(
    words(
        """reuters afp ap bbc cnn itv sky npr abc cbs nbc msnbc fox dpa efe ansa tass ria interfax
        xinhua anadolu sana irna bloomberg al-jazeera aljazeera times post guardian telegraph
        journal herald tribune mail mirror sun observer independent show economist spiegel monde
        figaro zeitung magazine newspaper paper daily weekly news radio tv television channel
        broadcaster agency press newsroom programme program podcast media gazette chronicle standard
        today newsnight politico axios vox buzzfeed getty epa shutterstock"""
    )
)

ANONYMITY = ("not to be named", "anonymity", "anonymous", "unnamed", "not be identified", "not to be identified")

ROLE_NOUNS = frozenset(
    words(
        """spokesman spokeswoman spokesperson spokespeople official officer member head chief director manager
        adviser advisor analyst consultant engineer expert fellow researcher professor lecturer economist scientist
        minister secretary president chairman chairwoman chair mayor governor senator lawmaker lawyer attorney
        judge doctor nurse surgeon teacher resident witness survivor neighbour neighbor mother father brother
        sister daughter son wife husband widow fighter commander soldier rebel activist campaigner volunteer
        journalist reporter editor correspondent photographer diplomat ambassador envoy coordinator commissioner
        executive owner founder farmer driver shopkeeper worker student source operator pilot captain general
        colonel deputy leader candidate nominee astronomer vicar barrister solicitor physicist biologist geologist
        climber firefighter teenager pensioner priest monk rabbi bishop designer architect programmer trader broker
        grocer plumber electrician carer midwife paramedic coroner magistrate umpire referee striker midfielder
        goalkeeper captain jockey athlete singer actor actress painter poet novelist playwright composer conductor
        forecaster meteorologist baker miner trucker sailor officer organiser organizer monitor prosecutor
        detective superintendent inspector sheriff historian author"""
    )
)

TITLES = frozenset(
    words(
        """cllr councillor president vice-president premier chancellor minister secretary governor mayor senator
        congressman congresswoman representative commissioner coordinator director general colonel major captain
        lieutenant sergeant admiral ambassador envoy chief chairman chairwoman judge justice professor
        superintendent inspector detective sheriff king queen prince princess pope archbishop bishop cardinal imam
        sheikh ayatollah officer constable spokesman spokeswoman spokesperson nominee candidate leader manager
        coach captain analyst economist engineer ceo cfo boss skipper defender midfielder keeper winger dr doctor
        sir dame lord lady baroness mr mrs ms miss mx prof gen col maj lt capt sgt gov sen rep rev"""
    )
)
"""Words before a name that say what somebody is; the name begins behind the last of them."""

COLLECTIVES = frozenset(
    words(
        """many some others several most few people police officials residents witnesses experts analysts critics
        supporters activists doctors sources locals environmentalists scientists researchers economists lawmakers
        authorities investigators prosecutors neighbours neighbors families survivors villagers rebels troops
        soldiers both all everyone everybody opponents campaigners directors reports media figures data statistics"""
    )
)

ORGANISATION_NOUNS = frozenset(
    words(
        """ministry government agency department office council tv television newspaper embassy court party
        foundation army navy force forces police service committee commission organisation organization group union
        bank company university institute hospital network association authority parliament senate congress kremlin
        observatory centre center board bureau federation coalition command administration radio broadcaster
        station channel firm news military media programme assessment study survey report trial review inquiry poll
        academy society trust fund charity press house"""
    )
)

GENERIC = frozenset(
    words(
        """government health defence defense interior foreign police army state local military city federal
        national public hospital company security regional official new latest early recent some many several"""
    )
)
"""Words that begin a sentence with a capital letter and name nobody."""

_TYPE_WORDS: tuple[tuple[SourceType, str], ...] = (
    (SourceType.SOCIAL, "tweet account handle blogger"),
    (
        SourceType.ARMED_GROUP,
        """rebel rebels militant militants militia insurgent insurgents fighter fighters brigade hamas hezbollah
        hizbollah taliban houthi houthis isis guerrilla guerrillas paramilitary jihadist jihadists gunmen""",
    ),
    (
        SourceType.MEDIA,
        """reuters afp bbc cnn nbc cbs itv npr tass xinhua anadolu bloomberg tv television newspaper broadcaster
        journalist journalists reporter correspondent editor photographer radio times guardian telegraph
        al-jazeera aljazeera news media magazine dpa sana irna interfax getty""",
    ),
    (
        SourceType.INTERNATIONAL,
        """un u.n unicef unhcr unesco nato eu wfp ocha imf opec osce opcw iaea undp unrwa eurozone interpol""",
    ),
    (
        SourceType.NGO,
        """observatory ngo charity amnesty oxfam greenpeace watchdog monitor monitors helmets msf campaigners
        campaigner activist activists volunteers volunteer crescent""",
    ),
    (
        SourceType.EXPERT,
        """professor researcher researchers university institute analyst analysts expert experts economist
        economists fellow scientist scientists academic academics historian lecturer thinktank epidemiologist
        engineer consultant climatologist""",
    ),
    (
        SourceType.POLITICAL,
        """senator senators mp mps lawmaker lawmakers candidate nominee party opposition congressman congresswoman
        politician politicians republican republicans democrat democrats""",
    ),
    (
        SourceType.GOVERNMENT,
        """ministry minister ministers government president premier chancellor mayor governor police army military
        navy official officials department ambassador embassy court judge prosecutor prosecutors sheriff
        authorities authority kremlin pentagon parliament congress council secretary vice-president commissioner
        administration superintendent detective coastguard municipality troops""",
    ),
    (
        SourceType.COMPANY,
        """company inc ltd plc corp corporation airline bank firm ceo gmbh ag llc operator utility manufacturer
        retailer""",
    ),
    (
        SourceType.WITNESS,
        """resident residents witness witnesses survivor survivors villager villagers neighbour neighbours neighbor
        neighbors mother father brother sister daughter son wife husband widow girl boy civilian civilians
        passenger passengers farmer shopkeeper locals patient refugee refugees families family worker driver""",
    ),
    (
        SourceType.DOCUMENT,
        """report reports data study survey figures document documents resolution statement statistics assessment
        projections poll records census filing tests""",
    ),
)
TYPE_WORDS: Mapping[str, SourceType] = {
    word: source_type for source_type, text in reversed(_TYPE_WORDS) for word in words(text)
}
"""Words that give a source's type away; of two tables that share a word the upper one holds."""

TYPE_PHRASES: Mapping[str, SourceType] = {
    "united nations": SourceType.INTERNATIONAL,
    "european union": SourceType.INTERNATIONAL,
    "european commission": SourceType.INTERNATIONAL,
    "world bank": SourceType.INTERNATIONAL,
    "world health organi": SourceType.INTERNATIONAL,
    "red cross": SourceType.INTERNATIONAL,
    "security council": SourceType.INTERNATIONAL,
    "state tv": SourceType.MEDIA,
    "associated press": SourceType.MEDIA,
    "news agency": SourceType.MEDIA,
    "washington post": SourceType.MEDIA,
    "wall street journal": SourceType.MEDIA,
    "human rights watch": SourceType.NGO,
    "civil defence": SourceType.NGO,
    "civil defense": SourceType.NGO,
    "human rights": SourceType.NGO,
    "home office": SourceType.GOVERNMENT,
    "foreign office": SourceType.GOVERNMENT,
    "white house": SourceType.GOVERNMENT,
    "islamic state": SourceType.ARMED_GROUP,
    "council on foreign relations": SourceType.EXPERT,
    "think tank": SourceType.EXPERT,
    "chief executive": SourceType.COMPANY,
}


GOING_ON = frozenset(
    words(
        """adding saying denying telling arguing claiming insisting warning noting stressing explaining declaring
        alleging maintaining suggesting predicting accusing conceding admitting vowing promising"""
    )
)
"""Behind another verb they have its subject: "X had fallen, she said, adding that …"."""
