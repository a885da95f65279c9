"""The pathway in sentences: what the picture shows, for who does not see it."""

from desktop_app.plan.pathway.model import Pathway, Station


def pathway_text(pathway: Pathway) -> str:
    """All stations with their state and what is behind it, a sentence each."""
    return " ".join((f"{pathway.title}.", *map(station_text, pathway.stations)))


def station_text(station: Station) -> str:
    """One station: `MRI: wacht (wacht op: röntgenfoto's in twee richtingen).`"""
    behind = f" ({station.detail})" if station.detail else ""
    return f"{station.name}: {station.words}{behind}."
