"""Atom feeds of what was decided: everywhere, and in one consultation."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from starlette.responses import Response

from consult import consultations, decisions
from consult.consultations import Consultation
from consult.decisions import Publication
from consult.lib import dates
from consult.web.allow import anyone
from consult.web.page import PageRequest, page
from consult.web.render import address

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50
Xml.register_namespace("", ATOM)


@page(allow=anyone)
def index(request: PageRequest) -> Response:
    found = decisions.all_publications(request.db, limit=LATEST)
    return _feed(request, f"What was decided – {request.app.state.site.name}", found)


@page(allow=anyone)
def show(request: PageRequest) -> Response:
    here = consultations.public_by_slug(request.db, request.path_params["slug"])
    every = decisions.publications(request.db, here)[:LATEST]
    return _feed(request, f"What was decided – {here.title}", [(one, here) for one in every])


def _feed(
    request: PageRequest, title: str, found: Sequence[tuple[Publication, Consultation]]
) -> Response:
    base = request.app.state.settings.base_url.rstrip("/")
    feed = Xml.Element(f"{{{ATOM}}}feed")
    newest = max((one.at for one, _ in found), default=None)
    _put(feed, "id", base + request.path)
    _put(feed, "title", title)
    _put(feed, "updated", dates.iso(newest) if newest else "2000-01-01T00:00:00Z")
    _put(feed, "link", rel="self", href=base + request.path)
    _put(Xml.SubElement(feed, f"{{{ATOM}}}author"), "name", request.app.state.site.name)
    for one, here in found:
        where = address(request, "public.outcomes.version", slug=here.slug, number=one.number)
        _entry(feed, one, here, base + where)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


def _entry(feed: Xml.Element, one: Publication, here: Consultation, where: str) -> None:
    entry = Xml.SubElement(feed, f"{{{ATOM}}}entry")
    again = f" (publication {one.number})" if one.number > 1 else ""
    _put(entry, "id", where)
    _put(entry, "title", f"{here.title}{again}")
    _put(entry, "updated", dates.iso(one.at))
    _put(entry, "link", rel="alternate", href=where)
    said = [f"{each.title}: {each.verdict_label}." for each in decisions.published(one)]
    _put(entry, "summary", " ".join(said) or here.summary)


def _put(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> None:
    made = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text or None
