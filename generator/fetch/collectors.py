"""The route collectors, and since when each is known to have recorded.

RIS: the RIPE NCC's list of route collectors (ris.ripe.net/docs/route-collectors) gives their names
and places, but no dates. The dates are the first and last for which its list of historical beacons
(ris.ripe.net/docs/historical-routing-beacons) shows the collector at work, so that each may have
begun earlier: rrc00 and rrc01 did, in October 1999 and July 2000, by the RIPE NCC's own talk of
2001. What is marked unverified was found nowhere in writing. An archive that has no file for a
collector makes a gap, and ``--collectors`` may name any.

RouteViews: names as public tools list them, and two dates from the BGPKIT broker's list. None of it
could be compared with the archives themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Collector:
    """One collector and the days, as ISO dates, on which it is known to have recorded."""

    name: str
    place: str
    since: str
    until: str = "9999"

    def ran(self, since_s: int, until_s: int) -> bool:
        """Whether it is known to have recorded at some time of the window."""
        first, last = (datetime.fromtimestamp(s, UTC).date() for s in (since_s, until_s - 1))
        return self.since <= last.isoformat() and first.isoformat() <= self.until


RIS = (
    Collector("rrc00", "RIPE NCC, Amsterdam, multihop", "1999-10-01"),
    Collector("rrc01", "LINX and LONAP, London", "2000-07-01"),
    Collector("rrc02", "SFINX, Paris", "2002-09-30", "2008-10-02"),
    Collector("rrc03", "AMS-IX and NL-IX, Amsterdam", "2002-03-10"),
    Collector("rrc04", "CIXP, Geneva", "2002-09-30"),
    Collector("rrc05", "VIX, Vienna", "2002-09-30"),
    Collector("rrc06", "DIX-IE and JPIX, Tokyo", "2002-09-30"),
    Collector("rrc07", "Netnod, Stockholm", "2002-09-30"),
    Collector("rrc08", "MAE-WEST, San Jose", "2002-09-30", "2004-12-07"),
    Collector("rrc09", "TIX, Zurich", "2003-05-01", "2004-02-29"),  # unverified
    Collector("rrc10", "MIX, Milan", "2003-11-06"),
    Collector("rrc11", "NYIIX, New York", "2004-02-14"),
    Collector("rrc12", "DE-CIX, Frankfurt", "2004-07-06"),
    Collector("rrc13", "MSK-IX, Moscow", "2005-06-02"),
    Collector("rrc14", "PAIX, Palo Alto", "2004-12-07"),
    Collector("rrc15", "PTTMetro, Sao Paulo", "2005-12-14"),
    Collector("rrc16", "NOTA, Miami", "2008-02-01"),
    Collector("rrc18", "CATNIX, Barcelona", "2015-11-01"),  # unverified
    Collector("rrc19", "NAPAfrica, Johannesburg", "2016-01-28"),
    Collector("rrc20", "SwissIX, Zurich", "2015-11-01"),  # unverified
    Collector("rrc21", "France-IX, Paris", "2015-11-04"),
    Collector("rrc22", "InterLAN, Bucharest", "2017-11-01"),  # unverified
    Collector("rrc23", "Equinix, Singapore", "2017-12-22"),
    Collector("rrc24", "LACNIC, Montevideo, multihop", "2019-02-22"),
    Collector("rrc25", "RIPE NCC, Amsterdam, multihop", "2021-02-01"),  # unverified
    Collector("rrc26", "UAE-IX, Dubai", "2021-11-01"),  # unverified
)
# The global multihop collector, the three largest European exchanges and New York: many networks
# with a full feed, on both sides of the Atlantic, in a third of the files.
RIS_DEFAULT = ("rrc00", "rrc01", "rrc03", "rrc11", "rrc12")

ROUTEVIEWS = (
    Collector("route-views2", "Oregon, multihop", "2003-01-01"),
    Collector("route-views3", "Oregon, multihop", "2009-01-01"),  # unverified
    Collector("route-views4", "Oregon, multihop", "2009-01-01"),  # unverified
    Collector("route-views6", "Oregon, multihop, IPv6", "2004-01-01"),  # unverified
    Collector("route-views.linx", "LINX, London", "2004-04-01"),  # unverified
    Collector("route-views.eqix", "Equinix, Ashburn", "2004-06-01"),  # unverified
    Collector("route-views.isc", "ISC, Palo Alto", "2004-01-01"),  # unverified
    Collector("route-views.wide", "DIX-IE, Tokyo", "2004-01-01"),  # unverified
    Collector("route-views.kixp", "KIXP, Nairobi", "2006-01-01"),  # unverified
    Collector("route-views.jinx", "JINX, Johannesburg", "2012-01-01"),  # unverified
    Collector("route-views.sydney", "Equinix, Sydney", "2010-09-01"),  # unverified
    Collector("route-views.saopaulo", "PTTMetro, Sao Paulo", "2011-04-01"),  # unverified
    Collector("route-views.sg", "Equinix, Singapore", "2014-06-01"),  # unverified
    Collector("route-views.chile", "NIC Chile, Santiago", "2018-01-31", "2026-06-01"),
)
ROUTEVIEWS_DEFAULT = ("route-views2",)

NAME = {"ris": re.compile(r"rrc[0-9]{2}"), "routeviews": re.compile(r"route-views[a-z0-9.-]{0,40}")}


def running(table: tuple[Collector, ...], since_s: int, until_s: int) -> tuple[str, ...]:
    """Return the names of the collectors known to have recorded in the window, in order."""
    return tuple(one.name for one in table if one.ran(since_s, until_s))
