"""How many complete cases are evaluated in a second: by our evaluator, by zen-engine, by bare if-chains."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from random import Random
from typing import Any

from guideline_core.edition.values import Edition
from guideline_core.evaluation import Evaluator, Outcome, Referral, alternatives_among
from tests.benchmarks.measuring import best_rate, heading, line
from tests.benchmarks.rules_as_text import RulesAsText, RulesWrittenOut, plain
from tests.random_cases import random_complete_case, subject_values

ZenResult = Mapping[str, Any]


def run(edition: Edition, number: int) -> None:
    """Measure all engines on the same cases, after checking that they agree on each."""
    heading("Complete cases evaluated; baseline: zen-engine, content compiled once, same rules, same results")
    chance = Random(12)
    cases = [random_complete_case(edition, chance) for _ in range(number)]
    evaluate = Evaluator(edition).evaluate
    rates = {
        "Evaluator.evaluate, everything": best_rate(evaluate, cases),
        "if-chains, rules only (the limit)": best_rate(if_chains(edition), cases),
    }
    try:
        rates |= _rates_of_zen(edition, cases)
    except ImportError as missing:
        line(f"zen-engine is not there: {missing}")
    baselines = [name for name in rates if name.startswith("zen-engine")] or list(rates)[:1]
    line("", "cases a second", *(f"/ {name.removeprefix('zen-engine, ')}" for name in baselines))
    for name, rate in rates.items():
        line(name, f"{rate:,.0f}", *(f"{rate / rates[baseline]:.2f}" for baseline in baselines))


def _rates_of_zen(edition: Edition, cases: list[dict[str, str]]) -> dict[str, float]:
    """How fast zen-engine is, in the two shapes that suit it; first of all, whether it says the same."""
    evaluate, tables = Evaluator(edition).evaluate, ZenTables(edition)
    everything, fired = zen_function(tables.content()), zen_function(rule_table(edition))
    named = [_renamed(case) for case in cases]
    agreeing = 0
    for case, given in zip(cases, named, strict=True):
        outcome = evaluate(case)
        rules = {row["rule"] for row in fired(given)}
        agreeing += tables.outcome(everything(given)) == outcome and rules == outcome.fired
    line(f"zen-engine says the same of {agreeing} of {len(cases)} cases")
    return {
        "zen-engine, everything": best_rate(everything, named, rounds=3),
        "zen-engine, rules only": best_rate(fired, named, rounds=3),
    }


def if_chains(edition: Edition) -> Callable[[Mapping[str, str]], tuple[bool, ...]]:
    """A function that says of each rule whether it fires, and keeps no books: as fast as Python gets."""
    text = RulesAsText(edition)
    lines = [f"{plain(subject)} = case[{subject!r}]" for subject in subject_values(edition)]
    lines += [f"{name} = {expression}" for name, expression in text.named.items()]
    lines.append(f"return ({', '.join(text.rules.values())},)")
    names: dict[str, Any] = {}
    exec("def fires(case):\n    " + "\n    ".join(lines), names)
    function: Callable[[Mapping[str, str]], tuple[bool, ...]] = names["fires"]
    return function


def _renamed(case: Mapping[str, str]) -> dict[str, str]:
    """The case as zen-engine is given it: its names hold no dots."""
    return {plain(subject): value for subject, value in case.items()}


def zen_function(graph: dict[str, Any]) -> Callable[[dict[str, str]], Any]:
    """A function from a case to the results of a decision graph, which is compiled once beforehand."""
    import zen

    content = zen.ZenDecisionContent(json.dumps(graph))
    engine = zen.ZenEngine({"loader": lambda _: content})
    return lambda case: engine.evaluate("rules", case)["result"]


def rule_table(edition: Edition) -> dict[str, Any]:
    """The rules as one decision table that collects those that fire."""
    rules = RulesWrittenOut(edition).rules.items()
    rows = [{"_id": f"r{n}", "i": condition, "o": f'"{rule}"'} for n, (rule, condition) in enumerate(rules)]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "i", "name": "when", "type": "expression", "field": ""}],
        "outputs": [{"id": "o", "name": "rule", "type": "expression", "field": "rule"}],
        "rules": rows,
    }
    return _graph(_node("table", "decisionTableNode", table))


def _graph(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A decision graph: these nodes one after the other."""
    chain = [_node("in", "inputNode", None), *nodes, _node("out", "outputNode", None)]
    edges = [
        {"id": f"{start['id']}-{end['id']}", "sourceId": start["id"], "targetId": end["id"], "type": "edge"}
        for start, end in pairwise(chain)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": chain, "edges": edges}


class ZenTables:
    """The rules of an edition as content for zen-engine: one node of expressions, one that lists the results."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.text = RulesAsText(edition, prefix="$.").add_outcome()

    def content(self) -> dict[str, Any]:
        """The decision graph."""
        return _graph(
            _node("rules", "expressionNode", _expressions(list(self.text.named.items()))),
            _node("results", "expressionNode", _expressions(list(self._results().items()))),
        )

    def _results(self) -> dict[str, str]:
        """Lists of yes and no, in the order of the edition; the referral decision as the first rule that fires."""
        text = self.text
        first = " ".join(f"{text.rules[rule.id]} ? {n} :" for n, rule in enumerate(self.edition.referral_rules))
        lists = {
            "fired": text.rules.values(),
            "verdicts": text.verdicts.values(),
            "done": text.done.values(),
            "waived": text.waived.values(),
            "waits": text.waits.values(),
        }
        results = {name: f"[{', '.join(items)}]".replace("$.", "") for name, items in lists.items()}
        return {**results, "referral": f"{first} -1".replace("$.", ""), **self._referral_flags()}

    def _referral_flags(self) -> dict[str, str]:
        return {
            "by_phone": f"[{', '.join(self.text.by_phone.values())}]".replace("$.", ""),
            "consult_first": f"[{', '.join(self.text.consult_first.values())}]".replace("$.", ""),
        }

    def outcome(self, result: ZenResult) -> Outcome:
        """The results as an outcome, to be compared with that of the evaluator."""
        text, rules = self.text, self.edition.rules
        fired = {rule for rule, fires in zip(text.rules, result["fired"], strict=True) if fires}
        verdicts = dict(name for name, given in zip(text.verdicts, result["verdicts"], strict=True) if given)
        waits: dict[str, set[str]] = {}
        for (action, other), waiting in zip(text.waits, result["waits"], strict=True):
            if waiting:
                waits.setdefault(action, set()).add(other)
        done = {action for action, is_done in zip(text.done, result["done"], strict=True) if is_done}
        waived = {action for action, is_waived in zip(text.waived, result["waived"], strict=True) if is_waived}
        return Outcome(
            referral=self._referral(result),
            verdicts=verdicts,
            waits={action: frozenset(others) for action, others in waits.items()},
            done=frozenset(done & verdicts.keys()),
            alerts=frozenset((r.alert, r.severity) for r in self.edition.alert_rules if r.id in fired),
            response_grade=next((r.response_grade for r in self.edition.response_rules if r.id in fired), None),
            fired=frozenset(rule.id for rule in rules if rule.id in fired),
            waived=frozenset(waived & verdicts.keys()),
            alternatives=alternatives_among(self.edition, fired, verdicts),
        )

    def _referral(self, result: ZenResult) -> Referral | None:
        number = int(result["referral"])
        if number < 0:
            return None
        rule = self.edition.referral_rules[number]
        flags = (bool(result["by_phone"][number]), bool(result["consult_first"][number]))
        return Referral(rule.id, rule.decision, rule.destination, rule.urgency, *flags)


def _node(name: str, kind: str, content: dict[str, Any] | None) -> dict[str, Any]:
    node = {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}
    return node if content is None else {**node, "content": content}


def _expressions(named: list[tuple[str, str]]) -> dict[str, Any]:
    items = [{"id": f"e{n}", "key": name, "value": expression} for n, (name, expression) in enumerate(named)]
    return {"expressions": items, "passThrough": False}
