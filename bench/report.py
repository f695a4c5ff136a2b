"""Reports: one JSON object with medians for programs, a table with medians and spreads for people."""

import json

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.figures import Figure, Found
from bench.machine import Machine


def as_json(name: str, machine: Machine, found: Found) -> str:
    """`{"name", "machine", "figures", "ratios"}` on one line; figures and ratios are medians by key."""
    figures = {each.key: _short(each.median) for each in found.figures}
    ratios = {each.key: _short(each.median) for each in found.ratios}
    return json.dumps({"name": name, "machine": machine, "figures": figures, "ratios": ratios})


def show(console: Console, name: str, says: str, machine: Machine, found: Found) -> None:
    """Prints what was measured, on what, and what was found."""
    console.rule(f"[bold]{escape(name)}")
    console.print(escape(says))
    on = [f"{key.replace('_', ' ')} {value}" for key, value in machine.items() if value is not None]
    without = [key for key, value in machine.items() if value is None]
    console.print(escape("; ".join([*on, *(f"no {key}" for key in without)])), style="dim")
    console.print(_table(found))
    for remark in found.remarks:
        console.print(escape(remark), style="dim")


def _table(found: Found) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what was measured", ratio=1)
    table.add_column("key", no_wrap=True)
    for name in ("median", "lowest", "highest", "runs", "wanted"):
        table.add_column(name, justify="right", no_wrap=True)
    for figure in (*found.ratios, *found.figures):
        table.add_row(*_row(figure))
    return table


def _row(figure: Figure) -> tuple[str, ...]:
    lowest, highest = figure.spread
    says = f"{figure.says} ({figure.unit})" if figure.unit else figure.says
    numbers = (_written(figure.median), _written(lowest), _written(highest), str(len(figure.values)))
    return escape(says), figure.key, *numbers, _wanted(figure)


def _wanted(figure: Figure) -> str:
    aim = figure.aim
    if aim is None:
        return ""
    words = [f"≥ {aim.least:g}" if aim.least is not None else "", f"≤ {aim.most:g}" if aim.most is not None else ""]
    style = "green" if figure.met else "red"
    return f"[{style}]{' '.join(filter(None, words))} {'✓' if figure.met else '✗'}[/]"


def _short(value: float) -> float:
    """Four significant digits, and every digit before the point."""
    return round(value) if abs(value) >= 1000 else float(f"{value:.4g}")


def _written(value: float) -> str:
    return f"{_short(value):,}"
