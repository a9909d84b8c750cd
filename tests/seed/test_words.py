"""The demo world holds together: quotations, options, outcomes, and no real person's details."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seed"
NAMES = ("dementia-care", "bus-network", "school-streets", "rural-health-call")
WORLD: dict[str, dict[str, Any]] = {
    name: json.loads((SEED / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES
}
PEOPLE = json.loads((SEED / "people.json").read_text(encoding="utf-8"))
EVERYTHING = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEED.glob("*.json")))

# Numbers that Ofcom keeps free for drama: nobody can be rung on them.
DRAMA = re.compile(r"07700900\d{3}|01632960\d{3}|02079460\d{3}")
PHONE = re.compile(r"(?<![\d/#.-])(?:\+44 ?|0)\d(?:[ -]?\d){8,9}(?!\d)")
NHS = re.compile(r"(?<![\d/])\d{3} ?\d{3} ?\d{4}(?!\d)")
KINDS = {
    *("phone", "email", "address", "nhs_number"),
    *("threat", "named_allegation", "abuse", "contempt"),
}

every_consultation = pytest.mark.parametrize("name", NAMES)


def by_key(name: str) -> dict[str, dict[str, Any]]:
    return {entry["key"]: entry for entry in WORLD[name]["contributions"]}


def words(contribution: dict[str, Any], questions: list[dict[str, Any]]) -> list[str]:
    """What the person wrote themselves, without the options they chose."""
    asked = [question["key"] for question in questions if question["kind"] == "text"]
    return [contribution["answers"][key] for key in asked if key in contribution["answers"]]


def all_words(name: str) -> list[str]:
    world = WORLD[name]
    texts = [text for c in world["contributions"] for text in words(c, world["questions"])]
    posts = world.get("posts", [])
    return texts + [post["text"] for post in posts] + [m["alt"] for p in posts for m in p["media"]]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def organisation_words(name: str) -> list[str]:
    """What the organisation wrote; quotations and the parts people wrote are left out."""
    world = WORLD[name]
    kept = ("title", "summary", "background", "questions", "themes", "outcomes", "put", "not_put")
    decided = [
        decision[part]
        for decision in world.get("decisions", [])
        for part in ("title", "heard", "decided", "why")
    ]
    return strings([world.get(part, []) for part in kept]) + decided


def quotations(name: str) -> list[dict[str, Any]]:
    world = WORLD[name]
    quoted = [q for decision in world.get("decisions", []) for q in decision["quotations"]]
    return world.get("codings", []) + quoted


def valid_nhs_number(text: str) -> bool:
    digits = [int(digit) for digit in text if digit.isdigit()]
    check = 11 - sum((10 - i) * digit for i, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9]


@every_consultation
def test_every_key_is_used_once(name: str) -> None:
    world = WORLD[name]
    assert len(by_key(name)) == len(world["contributions"])
    assert len({q["key"] for q in world["questions"]}) == len(world["questions"])


def test_slugs_and_the_addresses_of_posts_are_used_once() -> None:
    assert len({world["slug"] for world in WORLD.values()}) == len(WORLD)
    posts = WORLD["dementia-care"]["posts"]
    assert len({post["uri"] for post in posts}) == len(posts) >= 30


def test_the_cast_have_their_roles_in_the_organisations_that_consult() -> None:
    known = {organisation["slug"] for organisation in PEOPLE["organisations"]}
    roles = {
        (m["organisation"], m["role"]): person["key"]
        for person in PEOPLE["cast"]
        for m in person["memberships"]
    }
    assert {slug for slug, _ in roles} <= known
    for slug in ("care-and-community", "northmoor", "harrowdale"):
        held = [roles[slug, role] for role in ("moderator", "analyst", "official")]
        assert held == ["mo", "ana", "olu"]
    assert roles["mia-calloway", "member"] == "mia"
    assert {world["organisation"] for world in WORLD.values()} == known


@every_consultation
def test_every_answer_fits_its_question(name: str) -> None:
    questions = {question["key"]: question for question in WORLD[name]["questions"]}
    for contribution in WORLD[name]["contributions"]:
        answers = contribution["answers"]
        assert answers.keys() <= questions.keys()
        needed = {key for key, question in questions.items() if question["required"]}
        assert needed <= answers.keys(), contribution["key"]
        assert all(fits(questions[key], answer) for key, answer in answers.items()), contribution


def fits(question: dict[str, Any], answer: Any) -> bool:
    match question["kind"]:
        case "text":
            return isinstance(answer, str) and 0 < len(answer.strip()) <= question["max_length"]
        case "one":
            return answer in question["options"]
        case "many":
            return len(set(answer)) == len(answer) and set(answer) <= set(question["options"])
        case "scale":
            return answer in range(1, 6) and {"low", "high"} <= question.keys()
    return False


@every_consultation
def test_every_contribution_came_while_the_consultation_was_open(name: str) -> None:
    world = WORLD[name]
    earliest, latest = -world["opens_in_days"], max(0, -world["closes_in_days"])
    assert all(latest < c["days_ago"] < earliest for c in world["contributions"])


@every_consultation
def test_a_name_is_there_when_and_only_when_it_may_be_shown(name: str) -> None:
    for contribution in WORLD[name]["contributions"]:
        assert contribution["consent"] in ("name", "no_name", "count_only")
        assert contribution["channel"] in ("web", "letter", "event", "telephone")
        assert (contribution["consent"] == "name") is bool(contribution["name"])


def test_every_quotation_is_the_words() -> None:
    for name in NAMES:
        themes = {theme["name"] for theme in WORLD[name].get("themes", [])}
        for quotation in quotations(name):
            answers = by_key(name)[quotation["contribution"]]["answers"]
            assert quotation["quote"] and quotation["quote"] in answers[quotation["question"]]
            assert quotation.get("theme") in {None, *themes}
    assert len(quotations("bus-network")) >= 120
    assert len(quotations("school-streets")) >= 80


def test_no_decision_quotes_someone_who_asked_only_to_be_counted() -> None:
    contributions = by_key("school-streets")
    for decision in WORLD["school-streets"]["decisions"]:
        assert decision["quotations"]
        for quotation in decision["quotations"]:
            assert contributions[quotation["contribution"]]["consent"] != "count_only"


def bases(world: dict[str, Any]) -> list[set[str]]:
    """For each decision, whom it rests on: those named and those coded with its themes."""
    coded: dict[str, set[str]] = {theme["name"]: set() for theme in world["themes"]}
    for coding in world["codings"]:
        coded[coding["theme"]].add(coding["contribution"])
    return [
        set(decision["bases"]["contributions"]).union(
            *(coded[theme] for theme in decision["bases"]["themes"])
        )
        for decision in world["decisions"]
    ]


def test_everyone_who_wrote_on_school_streets_has_exactly_one_outcome() -> None:
    world = WORLD["school-streets"]
    informed = set().union(*bases(world))
    others = Counter(outcome["contribution"] for outcome in world["outcomes"])
    assert set(others.values()) == {1}
    assert informed.isdisjoint(others)
    assert informed | set(others) == set(by_key("school-streets"))


def test_a_decision_quotes_only_those_it_rests_on() -> None:
    world = WORLD["school-streets"]
    for decision, basis in zip(world["decisions"], bases(world), strict=True):
        assert {quotation["contribution"] for quotation in decision["quotations"]} <= basis
    verdicts = {decision["verdict"] for decision in world["decisions"]}
    assert verdicts == {"accepted", "partly", "not_accepted", "noted"}


def test_every_outcome_says_why() -> None:
    kinds = {"considered", "campaign", "duplicate", "out_of_scope", "withheld"}
    outcomes = WORLD["school-streets"]["outcomes"]
    assert {outcome["kind"] for outcome in outcomes} == kinds
    for outcome in outcomes:
        assert len(outcome["reason"].split()) >= 10
        assert bool(outcome["ground"]) is (outcome["kind"] == "withheld")
        assert (outcome["of"] in by_key("school-streets")) is (outcome["kind"] == "duplicate")


def test_each_question_in_the_call_has_at_most_one_fate() -> None:
    world, known = WORLD["rural-health-call"], by_key("rural-health-call")
    fates = [e["contribution"] for part in ("put", "not_put", "joined") for e in world[part]]
    assert len(set(fates)) == len(fates) < len(known)
    assert set(fates) <= known.keys()
    assert world["supports"].keys() == known.keys()
    put = {entry["contribution"] for entry in world["put"]}
    assert {entry["into"] for entry in world["joined"]} <= put


def test_lengths_vary_as_they_do_in_life() -> None:
    texts = [c["answers"]["network"] for c in WORLD["bus-network"]["contributions"]]
    counts = sorted(len(text.split()) for text in texts)
    assert len(counts) >= 390
    assert counts[len(counts) // 10] <= 6
    assert 20 <= counts[len(counts) // 2] <= 80
    assert counts[-1] >= 350 and counts[-4] >= 200


def test_two_people_use_the_same_words_only_in_a_campaign() -> None:
    campaigns = WORLD["bus-network"]["campaigns"]
    members = {key for campaign in campaigns for key in campaign["contributions"]}
    assert [len(campaign["contributions"]) for campaign in campaigns] == [112, 30]
    assert not repeated("bus-network", members)
    outcomes = WORLD["school-streets"]["outcomes"]
    letters = {o["contribution"] for o in outcomes if o["kind"] == "campaign"}
    assert not repeated("school-streets", letters)
    assert not repeated("dementia-care", set())
    assert not repeated("rural-health-call", set())


def repeated(name: str, campaign: set[str]) -> list[str]:
    questions = WORLD[name]["questions"]
    texts = Counter(
        words(c, questions)[0].casefold()
        for c in WORLD[name]["contributions"]
        if c["key"] not in campaign
    )
    return [text for text, times in texts.items() if times > 1]


def test_no_telephone_number_could_ring() -> None:
    found = [re.sub(r"[ -]", "", number) for number in PHONE.findall(EVERYTHING)]
    assert found
    assert [number for number in found if not DRAMA.fullmatch(number)] == []


def test_no_e_mail_could_arrive() -> None:
    domains = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", EVERYTHING))
    hosts = {post["author"].partition("@")[2] for post in WORLD["dementia-care"]["posts"]}
    assert domains - hosts <= {"example.org", "example.net"}
    assert all(host.endswith(".example") for host in hosts)
    assert all(re.match(r"https://[\w.-]*example(\.org)?/", url) for url in addresses())


def addresses() -> list[str]:
    return re.findall(r"https?://[^\s\"]+", EVERYTHING)


def test_no_nhs_number_could_be_someone_s() -> None:
    numbers = [n for name in NAMES for text in all_words(name) for n in NHS.findall(text)]
    assert len(numbers) >= 2
    assert all(number.startswith("999") and valid_nhs_number(number) for number in numbers)


def test_no_e_mail_belongs_to_two_people() -> None:
    for name in NAMES:
        given = [c["email"] for c in WORLD[name]["contributions"] if c["email"]]
        assert len(given) == len(set(given))


def test_what_a_rule_should_find_is_marked_and_so_is_what_it_should_leave() -> None:
    world = WORLD["dementia-care"]
    marks = Counter(e["expect"] for e in world["contributions"] + world["posts"] if "expect" in e)
    assert {mark for mark in marks if mark != "none"} == {f"flag:{kind}" for kind in KINDS}
    assert marks["none"] >= 8


@every_consultation
def test_people_type_straight_quotation_marks_and_the_organisation_curly_ones(name: str) -> None:
    assert [text for text in all_words(name) if re.search("[‘’“”]", text)] == []
    assert [text for text in organisation_words(name) if re.search("['\"]", text)] == []
