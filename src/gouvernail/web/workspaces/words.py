"""What roles, permissions and lines of the trail are called, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouvernail.base.text import T, Text
from gouvernail.web.workspaces.models import ALLOWED, Permission, Role

ROLES: Mapping[str, tuple[Text, Text]] = {
    Role.owner: (T("Organisation owner"), T("May do everything, people and settings included.")),
    Role.management: (
        T("Management"),
        T("Reads everything, decides, and changes the plan; people and settings are for the owner."),
    ),
    Role.marketing: (
        T("Marketing"),
        T("Writes the plan, brings data, makes reports, and takes part in decisions."),
    ),
    Role.sales: (
        T("Sales"),
        T("Reads everything, comments, changes the plan and brings data, such as the CRM’s."),
    ),
    Role.contributor: (T("Contributor"), T("Reads everything, comments and changes the plan.")),
    Role.partner: (
        T("Partner"),
        T("From outside, an agency for example: sees only the reports shared with partners."),
    ),
    Role.reader: (T("Reader"), T("Reads everything and changes nothing.")),
}
"""Role → its name, and what it means in a sentence."""

PERMISSIONS: Mapping[Permission, tuple[Text, Text]] = {
    Permission.read: (T("Read"), T("See the plan, the figures, the findings and the data.")),
    Permission.comment: (T("Comment"), T("Write remarks on an element and call others by name.")),
    Permission.edit: (
        T("Change the plan"),
        T("Write and change elements, set findings aside with a reason."),
    ),
    Permission.decide: (T("Decide"), T("Record decisions, reviews and minutes, merge scenarios.")),
    Permission.bring: (T("Bring data"), T("Import files and undo an import.")),
    Permission.share: (T("Make reports"), T("Make reports and share them by a link that expires.")),
    Permission.manage: (
        T("Manage"),
        T("Invite people, give roles, change the settings, delete the organisation."),
    ),
}
"""Permission → its name, and what it allows."""

WHATS: Mapping[str, Text] = {
    "organisation.made": T("Organisation made"),
    "organisation.changed": T("Settings of the organisation changed"),
    "organisation.exported": T("Everything exported"),
    "member.invited": T("Person invited"),
    "member.uninvited": T("Invitation withdrawn"),
    "member.joined": T("Person joined"),
    "member.role": T("Role changed"),
    "member.linked": T("Member linked with a person of the plan"),
    "member.removed": T("Person removed"),
    "member.left": T("Person left"),
    "token.made": T("API token made"),
    "token.revoked": T("API token revoked"),
    "plan.changed": T("Plan changed"),
    "plan.import_cancelled": T("Import of a plan called off"),
    "plan.imported": T("Plan imported"),
    "revision.labelled": T("Revision named"),
    "scenario.opened": T("Scenario begun"),
    "scenario.merged": T("Scenario merged"),
    "scenario.dropped": T("Scenario dropped"),
    "finding.set_aside": T("Finding set aside"),
    "finding.taken_back": T("Finding taken up again"),
    "finding.assigned": T("Finding assigned"),
    "finding.begun": T("Finding taken in hand"),
    "finding.paused": T("Finding put back"),
    "finding.closed": T("Finding done"),
    "file.uploaded": T("File uploaded"),
    "file.mapped": T("Columns of a file chosen"),
    "file.discarded": T("File thrown away"),
    "import.committed": T("Data imported"),
    "import.repeated": T("File imported already"),
    "import.cancelled": T("Import called off"),
    "import.undone": T("Import undone"),
    "person.forgotten": T("Person erased from the data"),
    "objective.evaluation": T("Objective evaluated"),
    "objective.review": T("Objective reviewed"),
    "meeting.started": T("Meeting begun"),
    "meeting.noted": T("Minutes written"),
    "meeting.closed": T("Meeting closed"),
    "meeting.reopened": T("Meeting open again"),
    "decision.taken": T("Decision taken"),
    "experiment.decided": T("Experiment decided"),
    "experiment.applied": T("Experiment applied"),
    "decision.done": T("Decision done"),
    "decision.postponed": T("Decision put off"),
    "decision.reopened": T("Decision open again"),
    "report.made": T("Report made"),
    "report.made_again": T("Report made again"),
    "report.changed": T("Report changed"),
    "report.deleted": T("Report deleted"),
    "report.shared": T("Report shared"),
    "report.link_revoked": T("Link to a report revoked"),
    "bearing.cancelled": T("Calculation given up"),
    "bearing.retried": T("Calculation ordered again"),
    "comment.made": T("Comment written"),
    "comment.settled": T("Comment settled"),
    "comment.reopened": T("Comment open again"),
}
"""Kind of a line of the trail → how people name it; others are shown by their own word."""


@dataclass(frozen=True)
class RoleColumn:
    """One role of the table: may it, for each permission in order."""

    id: str
    name: Text
    meaning: Text
    marks: tuple[tuple[Text, bool], ...]


def role_table() -> tuple[RoleColumn, ...]:
    """Return who may do what, from `ALLOWED` itself: the page cannot say otherwise than the site does."""
    return tuple(
        RoleColumn(
            role,
            ROLES[role][0],
            ROLES[role][1],
            tuple((PERMISSIONS[one][0], one in ALLOWED[role]) for one in Permission),
        )
        for role in Role
    )


def what(word: str) -> Text | str:
    """Return how people name a kind of change."""
    return WHATS.get(word, word)


def role_name(role: str) -> Text:
    """Return what a role is called."""
    return ROLES[role][0]
