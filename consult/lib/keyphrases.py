"""A first guess at themes: phrases that mark out some texts from the rest, grouped by company.

Runs without a network or a model, and gives the same for the same texts in the same order. It knows
English only and sees words, not meanings: its groups are for a person to rename, merge and refuse,
never to count. On short comments no method of this kind comes near the themes that people find.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Generic, NamedTuple, TypeVar
from warnings import catch_warnings, simplefilter

from consult.lib.phrases import in_english, phrases
from consult.lib.text import fingerprint, has_words

Id = TypeVar("Id", bound=Hashable)

READ = 20_000  # distinct texts the phrases are chosen from; spans are found in all texts
LONGEST = 50_000  # characters
KEPT = 400  # phrases
TERMS = 8  # in one suggestion


class Span(NamedTuple, Generic[Id]):
    """Where a suggestion's words stand: characters `start` to `end` of the text with this id."""

    id: Id
    start: int
    end: int


@dataclass(frozen=True)
class Suggestion(Generic[Id]):
    """A possible theme: its terms, weightiest first, and every place where one of them stands."""

    name: str
    terms: tuple[str, ...]
    spans: list[Span[Id]]

    @property
    def ids(self) -> list[Id]:
        """The texts matched, each once, in the order they came."""
        return list(dict.fromkeys(span.id for span in self.spans))


@dataclass(frozen=True)
class Suggestions(Generic[Id]):
    """Every text that came in is in `done` or in `excepted`, the latter with the reason."""

    suggestions: list[Suggestion[Id]] = field(default_factory=list)
    done: list[Id] = field(default_factory=list)
    excepted: list[tuple[Id, str]] = field(default_factory=list)


def suggest(texts: Iterable[tuple[Id, str]], limit: int = 12) -> Suggestions[Id]:
    """At most `limit` suggestions, those that match most texts first."""
    readable: list[tuple[Id, str]] = []
    result: Suggestions[Id] = Suggestions()
    for key, text in texts:
        reason = why_not(text)
        if reason:
            result.excepted.append((key, reason))
        else:
            result.done.append(key)
            readable.append((key, text))
    groups = choose([text for _, text in readable], limit)
    found = [Suggestion(groups[n].name, groups[n].terms, at) for n, at in locate(readable, groups)]
    result.suggestions.extend(sorted(found, key=lambda each: (-len(each.ids), each.name)))
    return result


def why_not(text: str) -> str | None:
    """The reason why nothing can be made of a text, or None."""
    if not text.strip():
        return "There is no text."
    if not has_words(text):
        return "There are no words, only signs or emoji."
    if len(text) > LONGEST:
        return f"It is longer than {LONGEST:,} characters."
    if not in_english(text):
        return "It does not seem to be in English."
    return None


class Group(NamedTuple):
    """A suggestion before its places are known: its name, its terms as written, and their forms."""

    name: str
    terms: tuple[str, ...]
    forms: frozenset[str]


def choose(texts: Sequence[str], limit: int = 12) -> list[Group]:
    """The groups of phrases that mark out some of these texts; `READ` distinct ones are looked at."""
    distinct = list({fingerprint(text): text for text in texts}.values())
    # Evenly from all of them, so that neither the first to come nor the last are left out.
    sample = distinct[:: ceil(len(distinct) / READ) or 1]
    holders, shown = _counted(sample)
    forms = _worth_keeping(holders, len(sample))
    if not forms:
        return []
    weights = _factors(sample, forms, limit)
    return [_group(row, forms, weights, shown) for row in range(len(weights))]


def _counted(texts: Sequence[str]) -> tuple[Counter[str], dict[str, str]]:
    """How many texts hold each form, and how it is mostly written."""
    holders: Counter[str] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        found = list(phrases(text))
        holders.update({phrase.form for phrase in found})
        for form, start, end in found:
            written[form][" ".join(text[start:end].lower().split())] += 1
    shown = {form: min(ways, key=lambda way: (-ways[way], way)) for form, ways in written.items()}
    return holders, shown


def _worth_keeping(holders: Counter[str], total: int) -> list[str]:
    """Neither rare nor everywhere, and no part of a phrase that mostly stands for it."""
    least, most = max(2, ceil(min(total / 100, 3 + total / 500))), max(2, total // 2)
    kept = {form: n for form, n in holders.items() if least <= n <= most}
    swallowed = {
        part
        for form, n in kept.items()
        for part in _parts(form)
        if n >= 0.6 * kept.get(part, total * 2)
    }
    # A longer phrase says more, so it needs fewer texts to be as good.
    best = sorted(
        kept.keys() - swallowed, key=lambda form: (-kept[form] * (1 + form.count(" ")), form)
    )
    return best[:KEPT]


def _parts(form: str) -> set[str]:
    words = form.split(" ")
    spans = ((a, b) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
    return {" ".join(words[a:b]) for a, b in spans} - {form}


def _factors(texts: Sequence[str], forms: list[str], limit: int) -> Any:
    """Groups × forms: how much each belongs to each, by which forms stand together in texts."""
    # Here, since importing it takes two seconds that only a worker should spend.
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(
        analyzer=lambda text: [phrase.form for phrase in phrases(text)],
        vocabulary={form: place for place, form in enumerate(forms)},
        sublinear_tf=True,
    )
    matrix = vectoriser.fit_transform(texts)
    number = max(1, min(limit, len(forms) // 3, len(texts) // 3))
    model = NMF(number, init="nndsvd", random_state=0, max_iter=1000, tol=1e-3)
    with catch_warnings():
        # Groups that have not quite settled are still good enough to look at.
        simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix)
    return model.components_


def _group(row: int, forms: list[str], weights: Any, shown: dict[str, str]) -> Group:
    """The forms that belong here more than to all other groups together, weightiest first."""
    ranked = weights[row].argsort(kind="stable")[::-1]
    own = [place for place in ranked if weights[row, place] > 0.6 * weights[:, place].sum()]
    heavy = {forms[place] for place in own if weights[row, place] > 0.1 * weights[row].max()}
    first = forms[own[0]].split(" ") if own else []
    # A light form may be chance, unless it is a longer one of what the group is about.
    chosen = [forms[n] for n in own if forms[n] in heavy or set(first) <= set(forms[n].split(" "))]
    strong = [forms[n] for n in own[:4] if weights[row, n] > 0.4 * weights[row, own[0]]]
    name = _name(strong, shown)
    return Group(name, tuple(shown[form] for form in chosen[:TERMS]), frozenset(chosen[:TERMS]))


def _name(forms: list[str], shown: dict[str, str]) -> str:
    """The weightiest term, and the next that shares no word with it."""
    others = (form for form in forms[1:] if not set(form.split()) & set(forms[0].split()))
    name = ", ".join(shown[form] for form in (*forms[:1], *list(others)[:1]))
    return name[:1].upper() + name[1:]


def locate(
    texts: Iterable[tuple[Id, str]], groups: Sequence[Group]
) -> list[tuple[int, list[Span[Id]]]]:
    """Each group that stands anywhere, by its place in `groups`, with every span; any batch will do."""
    whose = {form: number for number, group in enumerate(groups) for form in group.forms}
    spans: defaultdict[int, list[Span[Id]]] = defaultdict(list)
    for key, text in texts:
        found = ((whose[p.form], p.start, p.end) for p in phrases(text) if p.form in whose)
        for number, start, end in sorted(found):
            before = spans[number][-1] if spans[number] else None
            if before and before.id == key and start <= before.end:
                # “Waiting” inside “waiting time” is one place, not two.
                spans[number][-1] = Span(key, before.start, max(end, before.end))
            else:
                spans[number].append(Span(key, start, end))
    return list(spans.items())
