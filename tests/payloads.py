"""Words that would act if a page let them. Each calls the function `hit` or asks the network for something."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from closeread.article import Article, Note, Span, Zone, ZoneKind, count_words
from closeread.findings import (
    Aligned,
    Attribution,
    Contradiction,
    Echo,
    Enumeration,
    Ground,
    HeadlinePart,
    Item,
    Mention,
    Notice,
    Reading,
    ScareQuote,
    Side,
    Statement,
    Voice,
)
from tests.readings import VERSIONS, make_actor

_NET = "https://attacker.invalid/x"

PAYLOADS = (
    "<script>hit()</script>",
    "</script><script>hit()</script>",
    "</title><script>hit()</script>",
    "</style><script>hit()</script>",
    "--></article><script>hit()</script>",
    "<!--><script>hit()</script>",
    "<![CDATA[<script>hit()</script>]]>",
    "</textarea><script>hit()</script>",
    "</svg><script>hit()</script>",
    "</desc></svg><script>hit()</script>",
    "<svg onload=hit()>",
    "<svg><script href=data:,hit()></script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<img src=x onerror=hit()>",
    f"<img src={_NET}>",
    "<body onload=hit()>",
    "<details open ontoggle=hit()>",
    "<input autofocus onfocus=hit()>",
    "<video><source onerror=hit()></video>",
    f"<iframe src={_NET}></iframe>",
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
    f"<link rel=stylesheet href={_NET}>",
    f"<style>@import '{_NET}';</style>",
    f"<meta http-equiv=refresh content='0;url={_NET}'>",
    f"<base href={_NET}>",
    f"<object data={_NET}></object>",
    f"<form action={_NET}><button autofocus>x</button></form>",
    "<math><mtext><script>hit()</script></mtext></math>",
    '" onmouseover="hit()" x="',
    "' autofocus onfocus='hit()' x='",
    '"><script>hit()</script>',
    "javascript:hit()",
    "data:text/html,<script>hit()</script>",
    "{{ ''.__class__ }}{% raw %}<script>hit()</script>",
    "${hit()}`${hit()}`",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "&#60;script&#62;hit()&#60;/script&#62;",
    "<scr\u200bipt>hit()</scr\u200bipt>",
    "\u202e<script>hit()</script>",
    "<template><script>hit()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "<mark id=text onclick=hit()>",
    "\t\n<script\n>hit()</script\n>",
    "url(javascript:hit())",
)


def hostile_reading(payload: str) -> Reading:
    """The payload in title, byline, outlet, date, source, notes, text, names, cues and rules of messages."""
    body = f"Ann said “{payload}” and {payload} met."
    text = f"{payload}\n\nBy {payload}\n\n{body}\n\n{payload}"
    ends = (len(payload), len(payload) * 2 + 5, len(payload) * 2 + 7 + len(body), len(text))
    starts = (0, len(payload) + 2, ends[1] + 2, ends[2] + 2)
    kinds: tuple[ZoneKind, ...] = ("headline", "byline", "body", "body")
    zones = tuple(Zone(s, e, text[s:e], k) for s, e, k in zip(starts, ends, kinds, strict=True))
    article = Article(
        source=f"{payload}.txt",
        text=text,
        zones=zones,
        title=payload,
        outlet=payload,
        byline=payload,
        date=payload,
        language=payload,
        notes=(Note("intake.note", payload),),
        metadata={payload: payload},
    )
    return _fill(article, payload, start=zones[2].start)


def _fill(article: Article, payload: str, *, start: int) -> Reading:
    quoted = article.span(start + 9, start + 11 + len(payload))
    named = article.span(quoted.end + 5, quoted.end + 5 + len(payload))
    mentions = tuple(
        Mention(p.start, p.end, p.text, "full-name", "own") for p in (named, article.span(start, start + 3))
    )
    actor = make_actor(article, "w", tuple(sorted(mentions)), name=payload, kind="person")
    attribution = Attribution(
        id="a",
        mode="direct",
        contents=(quoted,),
        sources=(named,),
        cue=named,
        speaker="w",
        naming="named",
        quoted_words=count_words(payload),
        reported_words=0,
        rule="quotations.x",
        confidence=0.5,
        certain=False,
    )
    items = tuple(Item(named.start, named.end, named.text, rank, "w") for rank in (1, 2, 3))
    return Reading(
        article=article,
        attributions=(attribution, replace(attribution, id="b", speaker=None, naming="described", certain=True)),
        scare_quotes=(ScareQuote("s", "attributed-fragment", quoted, "a", "scare-quotes.x"),),
        actors=(actor,),
        enumerations=(Enumeration("e", named, items, "enumerations.x"),),
        notices=(Notice("marks.unclosed", payload, named),),
        **_claims(quoted, named, payload),
        made_with=replace(VERSIONS, model=payload, closeread=payload),
    )


def _claims(quoted: Span, named: Span, payload: str) -> dict[str, Any]:
    """The payload as statement, ground, side of a contradiction, recycled phrase and part of the headline."""
    ground = Ground(quoted.start, quoted.end, quoted.text, "document", "sentence")
    statements = tuple(
        Statement(f"t{number}", named, voice, "a", "fact", grounds, 1, 1, "support.x", True)
        for number, (voice, grounds) in enumerate(_stated(ground))
    )
    first, second = (Side(p.start, p.end, p.text, p, "quoted", "a", True) for p in (quoted, named))
    aligned = (Aligned(quoted, named),)
    return {
        "statements": statements,
        "contradictions": (
            Contradiction("k", "denial", "contradiction", first, second, aligned, "contradictions.x", True),
        ),
        "echoes": (
            Echo("x", quoted, named, f"{payload} ___", f"{payload} {payload}", named, "list", "echoes.x", True),
        ),
        "headline": (HeadlinePart("h", "claim", "headline", named, (quoted,), "headline.x", True),),
    }


def _stated(ground: Ground) -> tuple[tuple[Voice, tuple[Ground, ...]], ...]:
    return ("own", (ground,)), ("own", ()), ("quoted", (ground,))
