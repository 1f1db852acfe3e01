"""The ten calls of a working day at Lindqvist Heating, and the parts that are in stock."""

from __future__ import annotations

from typing import NamedTuple

LARGE = "25000"
"""An offer above what the dispatcher may offer."""


class Job(NamedTuple):
    """One call: who, where, what is wrong, what was offered, which part was fitted, how long."""

    family: str
    street: str
    summary: str
    offered: str
    part: str
    took: str


JOBS = (
    Job("Andersson", "Storgatan 3", "No hot water since this morning", "2400", "VX-204", "90min"),
    Job("Bergström", "Kungsgatan 18", "Loud knocking in the pipes", "1800", "CP-110", "2h"),
    Job("Carlsson", "Parkvägen 5", "Pilot flame goes out at night", "1500", "TC-031", "45min"),
    Job("Dahlgren", "Åsgatan 11", "Yearly service", "1200", "GS-500", "1h"),
    Job("Eklund", "Hamngatan 7", "Leaks under the tank", "3200", "VX-204", "2h 15min"),
    Job("Forsberg", "Skolgatan 2", "Smells of oil", "2100", "GS-500", "1h 20min"),
    Job("Gustafsson", "Nygatan 44", "New pipes for the whole house", LARGE, "CP-110", "1d 2h"),
    Job("Holmberg", "Ringvägen 9", "Radiators stay cold upstairs", "900", "VX-204", "50min"),
    Job("Isaksson", "Badgatan 1", "Pressure falls every week", "1650", "TC-031", "1h 10min"),
    Job("Johansson", "Lundavägen 27", "Thermostat does not answer", "1100", "TC-031", "40min"),
)
PARTS = {
    "VX-204": ("Expansion valve", "420"),
    "CP-110": ("Circulation pump", "1890"),
    "TC-031": ("Thermocouple", "260"),
    "GS-500": ("Gasket set", "95"),
}
