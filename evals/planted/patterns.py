"""The sentences that can be contradicted: each pattern takes a sentence and gives the words for a template's slots."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from evals.planted.phrases import (
    WORDS,
    Clause,
    core,
    has_pronoun,
    is_particle,
    is_plain,
    is_plural,
    name_short,
    person_short,
    phrase,
    text_of,
)

Range = tuple[int, int]
Pattern = Callable[[Span], "Match | None"]
ROUGH = frozenset(
    """
    about nearly almost over under some least most than to around roughly approximately between up or
    """.split()
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
CITIES = ("Denver", "Cleveland", "Seattle", "Phoenix", "Baltimore")
STATES = ("Oregon", "Ohio", "Georgia", "Nebraska", "Maine")
COUNTRIES = ("Norway", "Chile", "Portugal", "Kenya", "Japan")
OTHER_STATES = frozenset(
    """
    Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois
    Indiana Iowa Kansas Kentucky Louisiana Maryland Massachusetts Michigan Minnesota Mississippi Missouri
    Montana Nevada Oklahoma Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming
    """.split()
)
OTHER_COUNTRIES = frozenset(
    """
    Afghanistan Australia Belgium Brazil Britain Canada China Cuba Egypt England France Germany Greece India
    Iran Iraq Ireland Israel Italy Libya Mexico Pakistan Russia Spain Syria Turkey Ukraine Vietnam
    """.split()
)
SHARES = frozenset(
    """
    win receive get take draw earn hold own control have collect capture
    """.split()
)
PAYING = frozenset(
    """
    raise spend pay donate give earn receive lose cost contribute invest borrow owe make collect
    """.split()
)
MOVING = frozenset(
    """
    rise fall drop gain lose climb plunge decline increase decrease slip jump tumble grow soar
    """.split()
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\."
)
PRIZES = frozenset(
    """
    election primary race vote nomination caucus caucuses seat case game match title contest referendum award
    prize lawsuit appeal ohio florida iowa michigan indiana wisconsin texas
    """.split()
)
PARTS = frozenset(
    """
    morning afternoon evening night last , on
    """.split()
)
PLACED = frozenset(
    """
    meet speak arrest kill shoot sign hold open launch announce die marry found land arrive attack address
    appear unveil attend host hit crash strike detain wound injure gather perform present begin start graduate
    discover celebrate bury murder stab declare finish end resign testify premiere debut campaign
    """.split()
)
BODIES = frozenset(
    """
    House Senate council committee board court Court Council Committee parliament Parliament Board
    """.split()
)
CONTROL = {"agree": "refused", "refuse": "agreed", "decline": "agreed", "fail": "managed", "manage": "failed"}
CONTROL |= {"decide": "decided not", "choose": "chose not", "promise": "refused", "pledge": "refused", "vow": "refused"}
TITLES = r"Sen\.|Rep\.|Gov\.|[Ss]enator|[Gg]overnor|[Rr]epresentative|[Cc]ongress(?:wo)?man|Mayor"
TWO_WORD_STATES = "(North|South) (Carolina|Dakota)|New (Hampshire|Jersey|Mexico)|West Virginia|Rhode Island"
VAGUE = frozenset(
    """
    America States U.S. US Europe Asia Africa East West North South Congress Union
    """.split()
)
EVENTS = frozenset(
    """
    rally debate speech meeting conference summit forum hearing fundraiser convention caucus interview trial
    funeral ceremony protest march dinner concert match event gathering
    """.split()
)
INCIDENTS = frozenset(
    """
    attack shooting crash explosion bombing murder accident fire killing massacre riot blast
    """.split()
)
VOTES = frozenset(
    """
    primary caucus election vote ballot runoff decision ruling announcement
    """.split()
)
STATIVE = frozenset(
    """
    be have support live work serve stay remain like love need own include involve represent mean lead run face
    make take keep hold go come see know show mark survive put play offer send give get draw reach set cast pose
    """.split()
)
EXCLUDED = frozenset(
    """
    aux auxpass ccomp xcomp oprd dative neg expl csubj parataxis acomp attr preconj
    """.split()
)
LOOSE = frozenset(
    """
    nsubj nsubjpass dobj prt prep agent punct cc conj advcl npadvmod advmod mark
    """.split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern found: the words for the slots and the place of the conflicting words."""

    slots: dict[str, str]
    words: Range


def draw(*key: object) -> int:
    """A number that depends on the key alone."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, key)).encode()).digest()[:6], "big")


def clause_of(root: Token, subject: Token | None = None) -> Clause | None:
    """The clause of a verb, where it is a plain one in the past or the present."""
    kinds = {c.dep_ for c in root.children}
    auxiliaries = [c for c in root.children if c.dep_ in ("aux", "auxpass")]
    passive = root.tag_ == "VBN" and [a.lower_ for a in auxiliaries] in (["was"], ["were"])
    perfect = root.tag_ == "VBN" and [a.lower_ for a in auxiliaries] in (["has"], ["have"])
    if root.pos_ != "VERB" or not (passive or perfect or (root.tag_ in ("VBD", "VBZ", "VBP") and not auxiliaries)):
        return None
    if kinds - LOOSE - ({"auxpass"} if passive else {"aux"} if perfect else set()):
        return None
    return to_clause(root, auxiliaries[0].text + " " if auxiliaries else "", subject)


def to_clause(root: Token, auxiliary: str, subject: Token | None = None) -> Clause | None:
    """The clause of a verb: its subject, its object and what belongs to it on the right."""
    subject = subject or next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    things = [c for c in root.children if c.dep_ == "dobj"]
    if subject is None or subject.i > root.i or len(things) > 1:
        return None
    complements = [c for c in root.rights if c.dep_ in ("prep", "agent") or is_particle(c)]
    return Clause(subject, root, auxiliary, things[0] if things else None, complements)


def clauses_of(span: Span) -> Iterator[Clause]:
    """The asserted clauses: the main one, those joined to it, those with `as` or `when`, and those with `who`."""
    for token in span:
        subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        is_who = (
            token.dep_ == "relcl"
            and token.head.pos_ == "PROPN"
            and subject is not None
            and subject.lower_ in ("who", "which")
        )
        marks = {c.lower_ for c in token.children if c.dep_ == "mark" or c.lower_ == "when"}
        is_side = token.dep_ == "advcl" and subject is not None and marks & {"as", "after", "when", "while", "because"}
        is_joined = token.dep_ == "conj" and token.head == span.root
        if not (token == span.root or is_who or is_side or is_joined):
            continue
        if is_joined and subject is None:
            subject = next((c for c in span.root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if token.left_edge.nbor(-1).dep_ != "cc":
                continue
        clause = clause_of(token, token.head if is_who else subject)
        if clause is not None and not any(
            t.lower_ in ("would", "will", "can", "should", "not") for t in token.children
        ):
            yield clause


def over(inner: Callable[[Clause], Match | None]) -> Pattern:
    """The pattern that looks at each clause of a sentence."""

    def pattern(span: Span) -> Match | None:
        return next(filter(None, map(inner, clauses_of(span))), None)

    pattern.__name__, pattern.__doc__ = inner.__name__, inner.__doc__
    return pattern


def words_at(*tokens: Token) -> Range:
    """From the first character of the first token to the last of the last."""
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def other_number(text: str, key: str, most: int | None = None) -> str | None:
    """Another number in the same form: `nine` for `seven`, `1,700` for `1,200`."""
    if text.lower() in NUMBERS:
        return NUMBERS[(NUMBERS.index(text.lower()) + 2 + draw(key) % 4) % 11 + 1]
    if not re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d+)?|\d{1,4}", text) or re.fullmatch("(19|20)[0-9]{2}", text):
        return None
    value = float(text.replace(",", "")) * (1.25 + draw(key) % 5 / 10)
    if most and value > most:
        value = float(text) * 0.8 - 2
    if "." in text:
        return f"{value:.{len(text.partition('.')[2])}f}"
    if most and value < float(text):
        return str(int(value))
    whole = int(value) + 2
    zeros = re.search("0*$", text.replace(",", ""))
    step = 10 ** len(zeros[0]) if zeros else 1
    return f"{max(whole // step, int(text.replace(',', '')) // step + 1) * step:,}"


def is_rough(token: Token) -> bool:
    """Whether a number is only roughly so."""
    left = token.doc[max(0, token.left_edge.i - 3) : token.i]
    return any(t.lower_ in ROUGH or t.lower_ == "$" for t in [*left, *token.children])


@over
def counted(clause: Clause) -> Match | None:
    """Somebody did something to seven things."""
    if clause.auxiliary or clause.object is None or clause.object.tag_ != "NNS":
        return None
    return counted_things(clause, clause.object)


@over
def counted_passive(clause: Clause) -> Match | None:
    """Seven people were hurt."""
    if clause.subject.tag_ != "NNS" or not clause.is_passive:
        return None
    return counted_things(clause, clause.subject)


def counted_things(clause: Clause, head: Token) -> Match | None:
    """The match for a counted noun: the number before it must be plain and exact."""
    number = next((c for c in head.children if c.dep_ == "nummod"), None)
    if number is None or is_rough(number) or number.left_edge.i != number.i or head.left_edge != number:
        return None
    other, rest = other_number(number.text, head.doc.text), text_of([t for t in core(head) if t.i > number.i])
    fits = (
        head.text.islower()
        and other
        and is_plain(core(head))
        and not any(t.dep_ in ("cc", "conj") for t in core(head))
        and not has_pronoun(core(head))
        and other not in head.doc.text
    )
    if not fits or head.lemma_ in (
        "percent",
        "year",
        "day",
        "hour",
        "month",
        "week",
        "time",
        "minute",
        "point",
        "second",
    ):
        return None
    slots = clause.slots(named=head != clause.subject)
    return Match({**slots, "n2": str(other), "things": rest}, words_at(number)) if slots else None


@over
def counted_subject(clause: Clause) -> Match | None:
    """Seven senators did something."""
    if clause.subject.tag_ != "NNS" or clause.is_passive or (clause.object is None and not clause.complements):
        return None
    return counted_things(clause, clause.subject)


@over
def changed(clause: Clause) -> Match | None:
    """Something rose by 3 percent."""
    span, root = clause.verb.sent, clause.verb
    name = name_short(clause.subject) if root.lemma_ in MOVING and root.tag_ == "VBD" else ""
    tokens = [
        t for e in span.ents if e.label_ in ("PERCENT", "MONEY") for t in e if t.like_num and 0 < t.i - root.i <= 3
    ]
    if not name or len(tokens) != 1 or is_rough(tokens[0]):
        return None
    other, after = other_number(tokens[0].text, span.text), tokens[0].nbor(1).text
    if (
        not other
        or after not in ("percent", "%")
        or other in span.doc.text
        or is_rough_before(tokens[0])
        or any(e.label_ == "DATE" for e in span.ents)
    ):
        return None
    unit = "%" if after == "%" else " percent"
    return Match({"subj": name, "verb": clause.auxiliary + clause.verb.text, "n2": other + unit}, words_at(tokens[0]))


def toll(span: Span) -> Match | None:
    """A number of people killed."""
    match = counted(span) or counted_passive(span)
    return match if match and match.slots.get("pp") == "killed" else None


def numbered(clause: Clause, label: str) -> tuple[Clause, Token, dict[str, str]] | None:
    """The exact percentage or sum that is the object of the clause, with the slots of the clause."""
    span, thing = clause.verb.sent, clause.object
    entity = next(
        (e for e in span.ents if thing is not None and e.label_ == label and e.start <= thing.i < e.end), None
    )
    if clause.is_passive or entity is None or thing is None:
        return None
    numbers = [t for t in entity if t.like_num and re.search(r"\d", t.text)]
    slots, own = replace(clause, object=None).slots(), list(thing.subtree)
    if len(numbers) != 1 or slots is None or is_rough_before(own[0]):
        return None
    if {t.lower_ for t in [*entity, *own] if t.i < numbers[0].i} & ROUGH:
        return None
    other = other_number(numbers[0].text, span.text, 97 if label == "PERCENT" else None)
    if not other or other in span.doc.text:
        return None
    whole = text_of([t for t in own if t.i >= entity.end])
    return clause, numbers[0], {**slots, "n2": other, "whole": f" {whole}" if whole else "", "entity": entity.text}


def is_rough_before(token: Token) -> bool:
    """Whether the word before a number makes it rough."""
    return token.i > 0 and token.nbor(-1).lower_ in ROUGH


@over
def percent(clause: Clause) -> Match | None:
    """Somebody won 45 percent of something."""
    found = numbered(clause, "PERCENT")
    if found is None or found[0].verb.lemma_ not in SHARES:
        return None
    unit = found[2]["entity"].rpartition(found[1].text)[2]
    return Match({**found[2], "n2": found[2]["n2"] + unit}, words_at(found[1]))


@over
def money(clause: Clause) -> Match | None:
    """Somebody raised $3 million."""
    found = numbered(clause, "MONEY")
    if found is None or found[0].verb.lemma_ not in PAYING:
        return None
    _, number, slots = found
    sum_ = re.fullmatch(r"(US)?\$?\s?[\d.,]+( (million|billion|trillion|dollars|euros))*", slots["entity"])
    if not sum_:
        return None
    sign = "$" if number.nbor(-1).text.endswith("$") else ""
    unit = slots["entity"].partition(number.text)[2]
    slots["rest"] = slots["whole"] + slots["rest"]
    slots["n2"] = sign + slots["n2"] + unit
    return Match(slots, words_at(number))


def age(span: Span) -> Match | None:
    """Mori, 54, did something."""
    for entity in span.ents:
        found = re.match(r", (\d\d), ", span.doc.text[entity.end_char :])
        short = person_short(entity) if entity.label_ == "PERSON" else ""
        if found and short and 18 <= int(found[1]) <= 90 and entity.end_char + 6 < span.end_char:
            other = str(int(found[1]) + (3 + draw(span.text) % 6) * (-1 if int(found[1]) > 50 else 1))
            start = entity.end_char + found.start(1)
            return Match({"short": short, "n2": other}, (start, start + 2))
    return None


def tally(span: Span) -> Match | None:
    """A vote of 52-48, the only one in the text."""
    every = re.findall(r"\b\d{1,3}(?:-to-|-|–)\d{1,3}\b", span.doc.text)
    found = re.search(r"\b(\d{1,3})(-to-|-|–)(\d{1,3})\b", span.text)
    bodies = {t.text for t in span if t.text in BODIES}
    if not found or len(every) != 1 or len(bodies) != 1 or found[3] in ("0", "2"):
        return None
    if int(found[3]) > int(found[1]) or re.match(" (percent|points?|lead|majority|margin)|%", span.text[found.end() :]):
        return None
    start = span.start_char + found.start()
    return Match(
        {"body": bodies.pop(), "n2": f"{int(found[1]) + 3}{found[2]}{max(int(found[3]) - 3, 1)}"},
        (start, start + len(found[0])),
    )


def when(clause: Clause) -> tuple[Clause, Token, Token] | None:
    """The clause, its time phrase as a child of the verb, and the preposition or the noun at its head."""
    if clause.verb.lemma_ in STATIVE or clause.auxiliary in ("has ", "have ") or clause.verb.tag_ in ("VBZ", "VBP"):
        return None
    tops = [c for c in clause.verb.children if c.dep_ in ("prep", "npadvmod")]
    found = [(top, t) for top in tops for t in [top, *top.children] if t.ent_type_ in ("DATE", "TIME")]
    return (clause, *found[0]) if len(found) == 1 or (found and found[0][0] == found[-1][0]) else None


def dated(clause: Clause, fits: Callable[[Token, Token], dict[str, str] | None]) -> Match | None:
    """The match for a clause with one time phrase, where `fits` gives the other time."""
    found = when(clause)
    if found is None:
        return None
    _, top, time = found
    other, slots = fits(top, time), clause.slots(drop=top)
    if other is None or slots is None or not (slots["obj"] or slots["rest"] or clause.is_passive):
        return None
    if re.search(rf"day\b|\b(19|20)\d\d\b|\b({MONTHS})", slots["subj"] + slots["obj"] + slots["rest"]):
        return None
    words = [t for t in time.subtree if t.text in WEEKDAYS] or list(time.subtree)
    return Match({**slots, **other}, words_at(*words))


@over
def weekday(clause: Clause) -> Match | None:
    """Somebody did something on Monday."""

    def other(top: Token, time: Token) -> dict[str, str] | None:
        words = [t.text for t in time.subtree]
        named = [w for w in words if w in WEEKDAYS]
        if len(named) != 1 or not set(words) <= PARTS | {*WEEKDAYS} or (top != time and top.lower_ != "on"):
            return None
        return {"weekday2": WEEKDAYS[(WEEKDAYS.index(named[0]) + 2 + draw(clause.verb.sent.text) % 4) % 7]}

    return dated(clause, other)


def weekday_object(span: Span) -> Match | None:
    """As `weekday`, with an object that can be the subject of a passive."""
    match = weekday(span)
    return match if match and match.slots["obj"] and not match.slots["rest"] else None


@over
def year(clause: Clause) -> Match | None:
    """Somebody did something in 2008."""

    def other(top: Token, time: Token) -> dict[str, str] | None:
        if not re.fullmatch("(19|20)[0-9]{2}", time.text) or len(list(time.subtree)) > 1 or top.lower_ != "in":
            return None
        return {"year2": str(int(time.text) - 2 - draw(clause.verb.sent.text) % 4)}

    return dated(clause, other)


@over
def day(clause: Clause) -> Match | None:
    """Somebody did something on March 3."""

    def other(top: Token, time: Token) -> dict[str, str] | None:
        found = re.fullmatch(f"({MONTHS}) ([0-9]{{1,2}})", text_of(time.subtree))
        if not found or (top != time and top.lower_ != "on"):
            return None
        number = int(found[2])
        return {"day2": f"{found[1]} {number - 4 if number > 14 else number + 5}"}

    return dated(clause, other)


def other_place(place: Token) -> str | None:
    """A place of the same sort that the text does not name; None where the place is vague or shared."""
    name = text_of(place_words(place))
    if place.ent_type_ != "GPE" or name in VAGUE or any(t.dep_ in ("cc", "conj") for t in place.children):
        return None
    if not all(t.pos_ == "PROPN" for t in place_words(place)) or name.endswith("."):
        return None
    is_state = name in {*OTHER_STATES, *STATES} or bool(re.fullmatch(TWO_WORD_STATES, name))
    is_country = name in {*OTHER_COUNTRIES, *COUNTRIES}
    free = [p for p in (STATES if is_state else COUNTRIES if is_country else CITIES) if p not in place.doc.text]
    return free[draw(place.doc.text) % len(free)] if free else None


def place_words(place: Token) -> list[Token]:
    """The name of a place without what is added to it."""
    return [t for t in place.subtree if t.i <= place.i]


def gathering(span: Span) -> Match | None:
    """A rally in Austin, the only rally of the text."""
    return placed_event(span, EVENTS)


def incident(span: Span) -> Match | None:
    """A shooting in Austin, the only shooting of the text."""
    return placed_event(span, INCIDENTS)


def trip(span: Span) -> Match | None:
    """A trip to Kenya, the only trip of the text."""
    return placed_event(span, frozenset(["trip", "visit", "tour", "journey", "move"]))


def placed_event(span: Span, nouns: frozenset[str]) -> Match | None:
    """One of the nouns, then `in` or `to`, and a place; at most a building stands between."""
    for token in span:
        label = label_of(token) if token.lemma_ in nouns and token.tag_ == "NN" else ""
        for prep in span.doc[token.i + 1 : min(token.i + 8, span.end - 1)] if label else ():
            is_near = prep.i == token.i + 1 or span.doc[token.i + 1].lower_ == "at"
            place = (
                next(prep.children, None)
                if prep.lower_ in (("to",) if "trip" in nouns else ("in", "at")) and is_near
                else None
            )
            other = other_place(place) if place is not None and place.dep_ == "pobj" else None
            if other and place is not None:
                return Match({"event": label, "place2": other}, words_at(*place_words(place)))
    return None


def label_of(event: Token) -> str:
    """How a later sentence can mean one event alone: by its weekday, or because the text has no other of its kind."""
    days = [t.text for t in event.children if t.text in WEEKDAYS and t.dep_ == "poss"]
    if days:
        return f"{days[0]}'s {event.text}"
    others = [t for t in event.doc if t.lemma_ == event.lemma_]
    return f"the {event.text}" if len(others) <= 5 and all(t.tag_ == "NN" for t in others) else ""


def event_day(span: Span) -> Match | None:
    """Monday's debate, the only day that the text gives to a debate."""
    for token in span:
        if token.text not in WEEKDAYS or token.dep_ not in ("poss", "compound", "nmod") or token.head.tag_ != "NN":
            continue
        noun = token.head.lemma_.lower()
        days = {t.text for t in span.doc if t.text in WEEKDAYS and t.head.lemma_.lower() == noun}
        if noun in EVENTS | VOTES and len(days) == 1 and 0 < token.head.i - token.i <= 5:
            other = WEEKDAYS[(WEEKDAYS.index(token.text) + 2 + draw(span.text) % 4) % 7]
            names = [t for t in span.doc[token.i + 1 : token.head.i + 1] if t.tag_ != "POS"]
            return Match({"event": text_of(names), "weekday2": other}, words_at(token))
    return None


@over
def done_in(clause: Clause) -> Match | None:
    """Somebody did something in Austin."""
    is_past = clause.verb.tag_ in ("VBD", "VBN") and clause.auxiliary not in ("has ", "have ")
    for prep in clause.complements if clause.verb.lemma_ in PLACED and is_past else ():
        place = next(prep.children, None)
        other = other_place(place) if place is not None and prep.lower_ == "in" and place.dep_ == "pobj" else None
        slots = clause.slots(drop=prep) if other else None
        if place is not None and other and slots and (slots["obj"] or slots["rest"] or clause.is_passive):
            return Match({**slots, "place2": other}, words_at(*place_words(place)))
    return None


@over
def born(clause: Clause) -> Match | None:
    """Somebody was born, grew up or lives in Austin."""
    name = name_short(clause.subject) if clause.verb.lemma_ in ("bear", "grow", "live", "raise") else ""
    particles = "".join(" " + c.text for c in clause.verb.children if c.dep_ == "prt")
    if not name or (clause.verb.lemma_ == "grow") != (particles == " up") or clause.object is not None:
        return None
    for prep in clause.complements:
        place = next(prep.children, None)
        other = other_place(place) if place is not None and prep.lower_ == "in" else None
        if place is not None and other:
            how = clause.auxiliary + clause.verb.text + particles
            return Match({"short": name, "place2": other, "how": how}, words_at(*place_words(place)))
    return None


@over
def lasting(clause: Clause) -> Match | None:
    """Somebody did something for 25 years."""
    for prep in clause.complements:
        length = next(prep.children, None)
        number = next((c for c in length.children if c.dep_ == "nummod"), None) if length is not None else None
        if (
            length is None
            or number is None
            or prep.lower_ != "for"
            or length.lemma_ not in ("year", "month", "day", "week", "hour")
        ):
            continue
        other, slots = other_number(number.text, prep.doc.text), clause.slots(drop=prep)
        if other and slots and not is_rough(number) and len(list(length.subtree)) == 2 and clause.verb.tag_ != "VBZ":
            return Match({**slots, "n2": other, "unit": length.text}, words_at(number))
    return None


def definite(span: Span) -> Match | None:
    """The three members of the board, the only ones that the text counts."""
    for token in span:
        number = next((c for c in token.children if c.dep_ == "nummod"), None)
        if (
            number is None
            or token.tag_ != "NNS"
            or token.left_edge.lower_ != "the"
            or number.i != token.left_edge.i + 1
        ):
            continue
        others = [t for t in span.doc if t.lemma_ == token.lemma_ and any(c.dep_ == "nummod" for c in t.children)]
        other, words = other_number(number.text, span.doc.text), [t for t in core(token) if t.i > number.i]
        is_time = token.ent_type_ in ("DATE", "TIME") or token.lemma_ in ("state", "candidate", "party", "year", "side")
        if other and len(others) == 1 and is_plain(words) and not has_pronoun(words) and not is_time:
            return Match({"n2": other, "things": text_of(words)}, words_at(number))
    return None


def based(span: Span) -> Match | None:
    """The Austin-based firm, or a firm based in Austin."""
    for token in span:
        if token.lower_ not in ("based", "headquartered"):
            continue
        place = (
            token.nbor(-2) if token.nbor(-1).text == "-" else next((g for c in token.rights for g in c.children), None)
        )
        owner = token.head
        if (
            place is None
            or owner.ent_type_ != "ORG"
            or place == owner
            or place.ent_type_ != "GPE"
            or place.head == owner
        ):
            continue
        entity = next(e for e in span.ents if e.start <= owner.i < e.end)
        other = other_place(place)
        if other:
            name = WORDS["org"].get(entity[-1].lower_, re.sub("^[Tt]he ", "the ", entity.text))
            return Match({"short": name, "place2": other}, words_at(place))
    return None


@over
def did(clause: Clause) -> Match | None:
    """Somebody did something to something."""
    if clause.verb.tag_ != "VBD" or clause.object is None or clause.verb.lemma_ in STATIVE:
        return None
    slots = clause.slots()
    is_dated = slots is not None and re.search(rf"day\b|\d|{MONTHS}", slots["rest"])
    return Match(slots, words_at(clause.verb)) if slots and is_specific(clause.object) and not is_dated else None


def is_specific(thing: Token) -> bool:
    """Whether an object is a certain thing: a name, or a noun with an article or an owner."""
    if thing.lower_ in ("lot", "time", "way", "part", "day", "week", "month", "year"):
        return False
    return thing.pos_ == "PROPN" or any(c.dep_ == "poss" or c.lower_ in ("the", "a", "an") for c in thing.children)


def did_object(span: Span) -> Match | None:
    """As `did`, with an object that can be the subject of a passive."""
    match = did(span)
    return match if match and "object" in match.slots and not match.slots["rest"] else None


def negated(span: Span, auxiliaries: tuple[str, ...]) -> Match | None:
    """Somebody did not do something, or has not done it."""
    root = span.root
    kids = list(root.children)
    helpers = [c for c in kids if c.dep_ == "aux"]
    nots = [c for c in kids if c.dep_ == "neg"]
    if (
        [h.lower_ for h in helpers] not in [[a] for a in auxiliaries]
        or len(nots) != 1
        or nots[0].lower_ not in ("not", "n't")
    ):
        return None
    if {c.dep_ for c in kids} - LOOSE - {"aux", "neg"} or not any(c.dep_ == "dobj" for c in kids):
        return None
    if [t for t in root.lefts if t.dep_ == "advmod" and t.i > helpers[0].i]:
        return None
    clause = to_clause(root, "")
    slots = clause.slots() if clause else None
    return Match(slots, words_at(helpers[0], root)) if slots else None


def did_not(span: Span) -> Match | None:
    """Somebody did not do something."""
    return negated(span, ("did",))


def has_not(span: Span) -> Match | None:
    """Somebody has not done something."""
    return negated(span, ("has",))


@over
def opposite(clause: Clause) -> Match | None:
    """Somebody did something whose opposite has a verb of its own."""
    if clause.verb.tag_ != "VBD" or clause.verb.lemma_ not in WORDS["opposite"]:
        return None
    contest = clause.verb.lemma_ in ("win", "lose")
    if clause.object is None or (contest and clause.object.lower_ not in PRIZES):
        return None
    slots = clause.slots()
    return Match(slots, words_at(clause.verb)) if slots else None


def opposite_object(span: Span) -> Match | None:
    """As `opposite`, with an object that can be the subject of a passive."""
    match = opposite(span)
    return match if match and "object" in match.slots else None


def control(span: Span) -> Match | None:
    """Somebody agreed to do something, or refused to."""
    root = span.root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    action = next((c for c in root.rights if c.dep_ == "xcomp"), None)
    if subject is None or action is None or root.tag_ != "VBD" or root.lemma_ not in CONTROL:
        return None
    kinds = {c.dep_ for c in root.children} - {
        "nsubj",
        "xcomp",
        "punct",
        "cc",
        "conj",
        "advcl",
        "npadvmod",
        "prep",
        "advmod",
    }
    words, name = core(action), name_short(subject)
    if kinds or not name or words[0].lower_ != "to" or not is_plain(words) or any(t.dep_ == "conj" for t in words):
        return None
    other = CONTROL[root.lemma_]
    return Match({"subj": name, "other": other, "to": text_of(words)}, words_at(root))


def no_comment(span: Span) -> Match | None:
    """Somebody declined to comment, or gave no answer."""
    found = re.search(
        r"declined (to comment|comment)|did(n't|n’t| not) (immediately )?(respond|return|reply)", span.text
    )
    subject = next((c for c in span.root.children if c.dep_ == "nsubj"), None)
    name = name_short(subject) or phrase(subject) if subject is not None else ""
    if not found or not name or not re.search("comment|calls?|requests?|messages?", span.text):
        return None
    return Match({"subj": name}, (span.start_char + found.start(), span.start_char + found.end()))


def died(span: Span) -> Match | None:
    """Somebody died, or is called the late."""
    for clause in clauses_of(span):
        name = name_short(clause.subject) if clause.verb.lemma_ == "die" else ""
        if name and clause.subject.ent_type_ == "PERSON" and clause.verb.tag_ == "VBD":
            return Match({"subj": name}, words_at(clause.verb))
    for entity in span.ents:
        found = re.search(r"\b[Tt]he (late) (?:[A-Z][\w.]+ ){0,3}$", span.doc.text[span.start_char : entity.start_char])
        if found and entity.label_ == "PERSON" and person_short(entity):
            start = span.start_char + found.start(1)
            return Match({"subj": person_short(entity)}, (start, start + 4))
    return None


def party(span: Span) -> Match | None:
    """Republican Senator Mori, or Mori, a Republican: a name beside a party."""
    for entity in span.ents:
        if entity.label_ != "PERSON" or len(entity) < 2 or not person_short(entity):
            continue
        before = re.search(
            rf"\b(Republican|Democratic) (?:{TITLES})\s*$", span.doc.text[span.start_char : entity.start_char]
        )
        after = re.match(
            r" \((R|D)-|, a (?:\w+ )?(Republican|Democrat)[,.]", span.doc.text[entity.end_char : span.end_char]
        )
        found, base = (before, span.start_char) if before else (after, entity.end_char)
        if found:
            word = found[1] or found[2]
            start = base + found.start(1 if found[1] else 2)
            other = "Democrat" if word[0] == "R" else "Republican"
            return Match({"short": person_short(entity), "party2": other}, (start, start + len(word)))
    return None


def former(span: Span) -> Match | None:
    """The former governor Mori."""
    for entity in span.ents:
        before = span.doc.text[span.start_char : entity.start_char]
        found = re.search(r"\b([Ff]ormer) (?:(?!Vice|Deputy)[A-Z][\w.]+ ){0,2}([A-Za-z.]+)\s*$", before)
        title = WORDS["title"].get(found[2]) if found else None
        if found and title and entity.label_ == "PERSON" and person_short(entity):
            start = span.start_char + found.start(1)
            return Match({"short": person_short(entity), "title": title}, (start, start + len(found[1])))
    return None


def spouse(span: Span) -> Match | None:
    """Mori's husband."""
    for token in span:
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if token.lower_ not in ("wife", "husband") or owner is None:
            continue
        entity = next((e for e in span.ents if e.label_ == "PERSON" and e.start <= owner.i < e.end), None)
        if owner.lower_ in ("his", "her"):
            entity = person_in_before(span, owner)
        if entity is not None and person_short(entity):
            return Match({"short": person_short(entity)}, words_at(token))
    return None


def person_in_before(span: Span, owner: Token) -> Span | None:
    """The one person named in the sentence before a pronoun, where it is the subject."""
    people = [e for e in span.ents if e.label_ == "PERSON" and e.end <= owner.i]
    return people[0] if len(people) == 1 and people[0].root.dep_ in ("nsubj", "nsubjpass") else None


def copula(span: Span) -> tuple[Token, str] | None:
    """The subject and the form of `be` in a sentence that says what somebody is."""
    root = span.root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if (
        root.lemma_ not in ("be", "become")
        or root.tag_ not in ("VBD", "VBZ", "VBP")
        or subject is None
        or subject.i > root.i
    ):
        return None
    if {c.dep_ for c in root.children} - LOOSE - {"acomp", "attr"}:
        return None
    return subject, root.text


def modifier(span: Span) -> Match | None:
    """The liberal Mori Foundation, or Mori, a liberal lawyer."""
    for token in span:
        owner = token.head.head if token.head.dep_ == "appos" else token.head
        entity = next((e for e in span.ents if e.start <= owner.i < e.end), None)
        if (
            token.dep_ != "amod"
            or token.text not in WORDS["adjective"]
            or entity is None
            or token.i in range(entity.start, entity.end)
        ):
            continue
        name = name_short(owner) if entity.label_ == "PERSON" else re.sub("^[Tt]he ", "the ", entity.text)
        is_new = WORDS["adjective"][token.text] not in span.text
        if name and is_new and entity.label_ in ("PERSON", "ORG") and not any(t.dep_ == "advmod" for t in token.lefts):
            return Match({"short": name, "adjective2": WORDS["adjective"][token.text]}, words_at(token))
    return None


def superlative(span: Span) -> Match | None:
    """Somebody is the oldest of them."""
    found = copula(span)
    thing = next((c for c in span.root.children if c.dep_ == "attr"), None)
    owner, be = found or (None, "is")
    if thing is None:
        thing = next((t for t in span if t.dep_ == "appos" and t.left_edge.lower_ == "the"), None)
        owner = thing.head if thing is not None else None
    name = name_short(owner) if owner is not None else ""
    if thing is None or not name or thing.left_edge.lower_ != "the":
        return None
    rank = thing.left_edge.nbor(1)
    rest = [t for t in thing.subtree if t.i > rank.i]
    if "," in (marks := [t.text for t in rest]):
        rest = rest[: marks.index(",")]
    if rank.lower_ not in WORDS["superlative"] or not rest or has_pronoun(rest) or not is_line(rest):
        return None
    other = WORDS["superlative"][rank.lower_]
    return Match({"subj": name, "be": be, "rank2": other, "rest": " " + text_of(rest)}, words_at(rank))


def is_line(tokens: list[Token]) -> bool:
    """Whether tokens are a short unbroken phrase without marks inside."""
    unbroken = len(tokens) <= 16 and tokens[-1].i - tokens[0].i + 1 == len(tokens)
    return unbroken and not any(t.text in ",()" for t in tokens)


def predicate(span: Span) -> Match | None:
    """Somebody is guilty."""
    found = copula(span)
    word = next((c for c in span.root.children if c.dep_ == "acomp"), None)
    name = name_short(found[0]) if found else ""
    if not found or word is None or not name or word.lower_ not in WORDS["adjective"]:
        return None
    if any(t.lower_ not in ("very", "also", "now", "quite", "so") for t in word.lefts):
        return None
    rest = [t for t in word.subtree if t.i > word.i]
    if rest and (has_pronoun(rest) or not is_line(rest) or any(t.dep_ == "conj" for t in rest)):
        return None
    remain = "remained" if span.root.tag_ == "VBD" else "remain" if is_plural(found[0]) else "remains"
    slots = {"subj": name, "be": found[1], "adjective2": WORDS["adjective"][word.lower_], "remain": remain}
    return Match({**slots, "rest": f" {text_of(rest)}" if rest else ""}, words_at(word))


PATTERNS: dict[str, Pattern] = {
    f.__name__: f
    for f in (
        counted,
        counted_passive,
        toll,
        percent,
        money,
        age,
        tally,
        weekday,
        weekday_object,
        year,
        day,
        gathering,
        incident,
        event_day,
        counted_subject,
        changed,
        trip,
        lasting,
        definite,
        done_in,
        born,
        based,
        did,
        did_object,
        did_not,
        has_not,
        opposite,
        opposite_object,
        no_comment,
        died,
        party,
        control,
        former,
        spouse,
        superlative,
        predicate,
        modifier,
    )
}
