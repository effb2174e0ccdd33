"""A user's own list of actors: what it may hold, and that it comes before what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeread.intake.actor_list import ActorListError, ListedActor, load_actor_list
from tests.hand_parsed import parse_words


def write(folder: Path, text: str, name: str = "actors.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comma.csv", "name,aliases,group,role\nAnn Lee,the harbour chief|Lee of Ostrel,town,mayor\nOrlan,,,\n"),
        ("other-order.csv", "role,name,group,aliases\nmayor,Ann Lee,town,the harbour chief | Lee of Ostrel\n,Orlan\n"),
        ("tab.tsv", "name\taliases\tgroup\trole\nAnn Lee\tthe harbour chief|Lee of Ostrel\ttown\tmayor\n\nOrlan\n"),
        (
            "semicolon.csv",
            "\ufeffName;Aliases;Group;Role\r\nAnn Lee;the harbour chief|Lee of Ostrel;town;mayor\r\nOrlan\r\n",
        ),
    ],
)
def test_load(tmp_path: Path, name: str, text: str) -> None:
    first = ListedActor("Ann Lee", ("the harbour chief", "Lee of Ostrel"), "town", "mayor")
    assert load_actor_list(write(tmp_path, text, name)).actors == (first, ListedActor("Orlan"))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "line 1: the list is empty"),
        ("name,aliases\n", "line 1: there is no actor below the header"),
        ("aliases,group\na,b\n", "line 1: there is no column 'name'"),
        ("name,alias\na,b\n", "line 1: the column 'alias' is none of name, aliases, group, role"),
        ("name,name\na,b\n", "line 1: there are two columns 'name'"),
        ("name,group\nAnn,a\n,b\n", "line 3: the name is empty"),
        ("name,group\nAnn,a,c\n", "line 2: 3 cells, expected 2"),
        ("name,aliases\nAnn,Lee\nBob,Lee\n", "line 3: 'Lee' stands in line 2 too"),
        ("name,aliases\nAnn,“Lee”\n", "line 2: '“Lee”' does not begin with a letter or digit"),
        ('name,group\nAnn,a\nBob,"b\n', "line 3: the quotation marks of the row do not close"),
    ],
)
def test_one_clear_error(tmp_path: Path, text: str, cause: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ActorListError) as error:
        load_actor_list(path)
    assert str(error.value).startswith(f"{path}, {cause}")


def test_another_coding_of_letters(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_bytes("name\nJosé\n".encode("latin-1"))
    with pytest.raises(ActorListError, match="is not UTF-8"):
        load_actor_list(path)


def test_the_hash_is_that_of_what_the_list_says(tmp_path: Path) -> None:
    comma = load_actor_list(write(tmp_path, "name,group\nAnn,a\n"))
    assert load_actor_list(write(tmp_path, "group;name\na;Ann\n", "b.csv")).sha256 == comma.sha256
    assert load_actor_list(write(tmp_path, "name,group\nAnn,b\n", "c.csv")).sha256 != comma.sha256


def show(marked: str, *listed: ListedActor) -> dict[str, tuple[str | None, str, list[str]]]:
    actors = parse_words(marked).find_actors(listed=listed)
    return {actor.name: (actor.group, actor.rule, [each.text for each in actor.mentions]) for actor in actors}


def test_names_and_aliases_come_before_anything_found() -> None:
    found = show(
        "The [Water Board]org and the harbour men met. Rain fell.", ListedActor("Board", ("harbour men",), "b")
    )
    assert found["Board"] == ("b", "actors.listed", ["harbour men"])
    found = show("The [Board of Water]org met. The Board left.", ListedActor("Board", (), "b"))
    assert found == {"Board": ("b", "actors.listed", ["Board", "Board"])}


def test_what_the_text_shows_of_a_listed_actor_is_theirs() -> None:
    found = show("[Ann Lee]person left. Lee was late.", ListedActor("Ann Lee", (), "town", "mayor"))
    assert found == {"Ann Lee": ("town", "actors.listed", ["Ann Lee", "Lee"])}
    found = show("The US and American men met the [Board]org.", ListedActor("United States", (), "state"))
    assert found["United States"] == ("state", "actors.listed", ["US", "American"])
    assert found["Board"] == (None, "actors.name", ["Board"])


def test_a_capital_on_the_list_is_not_the_state() -> None:
    found = show("He saw Moscow and Russia.", ListedActor("Moscow", (), "city"))
    assert found == {
        "Moscow": ("city", "actors.listed", ["Moscow"]),
        "Russia": (None, "actors.state-list", ["Russia"]),
    }


def test_an_actor_that_the_text_does_not_name_is_none() -> None:
    assert show("Rain fell.", ListedActor("Ann Lee")) == {}
