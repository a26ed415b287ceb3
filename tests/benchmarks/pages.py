"""Pages of about 100 KB as news sites serve them: little article among much else, in nested markup, with metadata."""

from __future__ import annotations

import json
import random

from tests.benchmarks.material import WORDS

_SECTIONS = ("World", "Politics", "Economy", "Climate", "Health", "Science", "Culture", "Sport", "Opinion", "Regions")
_PARAGRAPHS = 28


def news_page(number: int) -> str:
    """A page of its own for each number."""
    chance = random.Random(number)
    title = f"{_words(chance, 7).capitalize()} {number}"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Harbour Post</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Harbour Post">
<meta property="og:type" content="article"><meta name="author" content="Mara Lind">
<meta property="article:published_time" content="2024-03-{number % 28 + 1:02d}T06:30:00+00:00">
<link rel="canonical" href="https://post.example/world/{number}"><link rel="stylesheet" href="/assets/site.css">
<style>{_style(chance)}</style>
<script type="application/ld+json">{_linked_data(title, number)}</script>
<script>{_script(chance, 16_000)}</script></head>
<body class="page page--article"><div id="root"><div class="site"><div class="site__inner">
{_menu(chance, "header", 12)}
<main class="layout"><div class="layout__row"><div class="layout__main"><article class="story" itemscope>
<header class="story__head"><p class="kicker"><a href="/world">World</a></p><h1 itemprop="headline">{title}</h1>
<p class="standfirst">{_sentence(chance)}</p>
<div class="byline"><span>By <a rel="author" href="/by/lind">Mara Lind</a></span>
<time datetime="2024-03-{number % 28 + 1:02d}T06:30:00Z">{number % 28 + 1} March 2024</time></div>{_share()}</header>
<div class="story__body">{_body(chance)}</div>{_share()}</article></div>
<aside class="layout__side">{_cards(chance, 24)}</aside></div></main>
<section class="more"><h2>More on this</h2>{_cards(chance, 30)}</section>
{_menu(chance, "footer", 10)}</div></div></div>
<script>window.__STATE__ = {json.dumps({f"k{i}": _words(chance, 6) for i in range(300)})};</script>
<script async src="/assets/app.js"></script></body></html>
"""


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _sentence(chance: random.Random) -> str:
    return _words(chance, chance.randint(9, 24)).capitalize() + "."


def _body(chance: random.Random) -> str:
    pieces = []
    for place in range(_PARAGRAPHS):
        words = " ".join(_sentence(chance) for _ in range(chance.randint(2, 4)))
        link = f'<a class="inline" href="/topic/{place}"><span>{_words(chance, 2)}</span></a>'
        share = f"<em>{place}&nbsp;% {_words(chance, 3)}</em>"
        pieces.append(f'<p class="story__text" data-block="{place}">{words} {link} {share}.</p>')
        if place % 9 == 4:
            pieces.append(f"<h2>{_words(chance, 4).capitalize()}</h2>")
        if place % 12 == 6:
            pieces.append(
                f'<figure class="picture"><div class="picture__box"><img src="/{place}.jpg" alt="{_words(chance, 4)}">'
                f"</div><figcaption>{_sentence(chance)}</figcaption></figure>"
            )
        if place == 15:
            items = "".join(f"<li>{_sentence(chance)}</li>" for _ in range(5))
            pieces.append(f'<ul>{items}</ul><blockquote><p>{_sentence(chance)}</p></blockquote><div class="ad"></div>')
    return "\n".join(pieces)


def _menu(chance: random.Random, name: str, columns: int) -> str:
    groups = []
    for column in range(columns):
        links = "".join(
            f'<li class="nav__item"><a class="nav__link" href="/{column}/{entry}"><span>{_words(chance, 2)}</span></a>'
            for entry in range(10)
        )
        heading = _SECTIONS[column % len(_SECTIONS)]
        groups.append(f'<div class="nav__group"><h3>{heading}</h3><ul class="nav__list">{links}</ul></div>')
    return f'<{name} class="{name}"><nav class="nav"><div class="nav__row">{"".join(groups)}</div></nav></{name}>'


def _cards(chance: random.Random, count: int) -> str:
    return "".join(
        f'<div class="card"><div class="card__inner"><a class="card__link" href="/card/{card}"><div class="media">'
        f'<img loading="lazy" src="/thumb/{card}.jpg" alt=""></div><h3 class="card__title">{_words(chance, 6)}</h3></a>'
        f'<p class="card__text">{_words(chance, 10)}</p><span class="card__time">{card} hours ago</span></div></div>'
        for card in range(count)
    )


def _share() -> str:
    sites = "".join(f'<li><a href="#" aria-label="Share {site}"><i></i></a></li>' for site in ("mail", "feed", "link"))
    return f'<div class="share"><ul>{sites}</ul></div>'


def _style(chance: random.Random) -> str:
    return "".join(f".c{chance.randrange(10_000)}{{margin:{rule}px;color:#{rule:06x}}}" for rule in range(250))


def _script(chance: random.Random, size: int) -> str:
    pieces: list[str] = []
    while sum(map(len, pieces)) < size:
        pieces.append(f'(function(a){{if(a<{chance.randrange(999)})return"{_words(chance, 3)}";}})({len(pieces)});')
    return "".join(pieces)


def _linked_data(title: str, number: int) -> str:
    return json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"2024-03-{number % 28 + 1:02d}T06:30:00Z",
            "author": [{"@type": "Person", "name": "Mara Lind"}],
            "publisher": {"@type": "Organization", "name": "The Harbour Post"},
        }
    )
