"""The catalogue of rules: code → module. A rule's page is its module's docstring.

Codes are never reused. Modules are imported when their rule is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from gouvernail.checks.rule import Rule

MODULES: Mapping[str, str] = {
    "VAL01": "values.no_value",
    "VAL02": "values.commonplace_value",
    "VAL03": "values.dated_value",
    "VAL04": "values.used_by_nothing",
    "VAL05": "values.changed_within_horizon",
    "VIS01": "vision.no_vision",
    "VIS02": "vision.guided_by_no_value",
    "VIS03": "vision.speaks_of_itself",
    "MIS01": "mission.no_mission",
    "MIS02": "mission.serves_no_vision",
    "MIS03": "mission.no_offer",
    "MIS04": "mission.offer_and_need_apart",
    "STR01": "strategy.no_big_idea",
    "STR02": "strategy.big_idea_without_evidence",
    "STR03": "strategy.incomplete_swot",
    "STR04": "strategy.unanswered_swot_item",
    "STR05": "strategy.positioning_like_a_competitor",
    "STR06": "strategy.no_segment",
    "STR07": "strategy.segment_without_persona",
    "STR08": "strategy.persona_without_needs",
    "STR09": "strategy.uncovered_journey_stage",
    "STR10": "strategy.value_proposition_unused",
    "STR11": "strategy.horizon_out_of_range",
    "STR12": "strategy.trend_not_assessed",
    "OBJ01": "objectives.not_specific",
    "OBJ02": "objectives.not_measurable",
    "OBJ03": "objectives.not_shown_attainable",
    "OBJ04": "objectives.serves_nothing",
    "OBJ05": "objectives.not_time_bound",
    "OBJ06": "objectives.not_evaluated",
    "OBJ07": "objectives.not_reviewed",
    "OBJ08": "objectives.no_owner",
    "OBJ09": "objectives.business_without_marketing",
    "OBJ10": "objectives.marketing_without_business",
    "OBJ11": "objectives.pulled_apart",
    "OBJ12": "objectives.due_after_parent",
    "OBJ13": "objectives.too_many_at_once",
    "OBJ14": "objectives.one_term_only",
    "OBJ15": "objectives.no_action",
    "OBJ16": "objectives.no_business_objective",
    "CAS01": "cascade.targets_do_not_add_up",
    "CAS02": "cascade.no_path_to_parent_metric",
    "CAS03": "cascade.more_than_the_whole",
    "KPI01": "kpi.vanity_only",
    "KPI02": "kpi.no_source",
    "KPI03": "kpi.data_too_old",
    "KPI04": "kpi.followed_too_rarely",
    "KPI05": "kpi.no_benchmark",
    "KPI06": "kpi.nobody_answers",
    "KPI07": "kpi.two_definitions",
    "ACT01": "actions.serves_no_objective",
    "ACT02": "actions.no_kpi",
    "ACT03": "actions.no_budget",
    "ACT04": "actions.no_dates",
    "ACT05": "actions.no_owner",
    "ACT06": "actions.no_audience",
    "ACT07": "actions.no_message",
    "ACT08": "actions.no_tracking_key",
    "ACT09": "actions.no_lesson",
    "ACT10": "actions.forbidden_word",
    "ACT11": "actions.promotion_only",
    "ACT12": "actions.no_action_at_all",
    "AUD01": "audience.channel_misses_audience",
    "AUD02": "audience.not_a_segment",
    "AUD03": "audience.priority_segment_forgotten",
    "AUD04": "audience.buyers_differ",
    "AUD05": "audience.channel_off_stage",
    "POS01": "positioning.discount_against_tier",
    "POS02": "positioning.mass_channel",
    "POS03": "positioning.message_off_tier",
    "BUD01": "budget.objective_without_money",
    "BUD02": "budget.below_the_need",
    "BUD03": "budget.concentrated_channel",
    "BUD04": "budget.spend_outside_plan",
    "BUD05": "budget.off_calendar",
    "BUD06": "budget.envelope_exceeded",
    "BUD07": "budget.term_split",
    "BUD08": "budget.untraced_spend",
    "BUD09": "budget.cost_ratio_far_from_benchmark",
    "ORG01": "organisation.no_shared_objective",
    "ORG02": "organisation.leads_above_capacity",
    "ORG03": "organisation.not_one_accountable",
    "ORG04": "organisation.role_without_holder",
    "ORG05": "organisation.person_without_objective",
    "ORG06": "organisation.skill_missing",
    "ORG07": "organisation.operations_absent",
    "ORG08": "organisation.slow_follow_up",
    "REV01": "review.overdue",
    "REV02": "review.decision_without_follow_up",
    "REV03": "review.no_marketing_sales_meeting",
    "REV04": "review.no_management_meeting",
    "REV05": "review.never_evaluated",
    "REV06": "review.plan_not_revised",
    "DAT01": "data.orphan_campaign",
    "DAT02": "data.untraced_conversions",
    "DAT03": "data.unlinked_revenue",
    "DAT04": "data.broken_series",
    "DAT05": "data.sources_disagree",
    "DAT06": "data.mixed_units",
    "DAT07": "data.models_disagree",
    "DAT08": "data.split_off_plan",
    "PER01": "performance.off_course",
    "PER02": "performance.high_bounce",
    "PER03": "performance.weak_form",
    "PER04": "performance.weak_click_rate",
    "PER05": "performance.bottleneck",
    "PER06": "performance.below_benchmark",
    "PER07": "performance.saturated_channel",
    "PER08": "performance.test_not_applied",
    "PER09": "performance.costs_more_than_it_brings",
    "PER10": "performance.keyword_gap",
    "PER11": "performance.creative_fatigue",
    "PER12": "performance.read_too_early",
    "REF01": "references.unknown_element",
    "REF02": "references.unknown_setting",
    "REF03": "references.unknown_metric_or_channel",
}
"""Rule code → module under `checks/rules`, in the order of the chain."""


class Catalogue(Mapping[str, Rule]):
    """Rule code → `Rule`, read on first use."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules
        self._read: dict[str, Rule] = {}

    def __getitem__(self, code: str) -> Rule:
        if code not in self._read:
            module = import_module(f"gouvernail.checks.rules.{self._modules[code]}")
            rule: Rule = module.RULE
            rule.doc = (module.__doc__ or "").strip()
            self._read[code] = rule
        return self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


RULES = Catalogue(MODULES)
