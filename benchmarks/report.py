"""A table of ratios, each beside its target."""

from __future__ import annotations

from attrs import Factory, define


@define
class Row:
    name: str
    ratio: float
    target: str
    met: bool

    def __str__(self) -> str:
        return f"  {self.name:64}{self.ratio:8.2f}  {self.target}{'' if self.met else '  MISSED'}"


@define
class Table:
    """Rows in units of one measurement, in nanoseconds."""

    title: str
    unit_name: str
    unit: float
    rows: list[Row] = Factory(list[Row])

    def add(
        self,
        name: str,
        taken: float,
        *,
        unit: float | None = None,
        at_most: float | None = None,
        at_least: float | None = None,
    ) -> None:
        ratio = taken / (unit or self.unit)
        if at_most is not None:
            self.rows.append(Row(name, ratio, f"<= {at_most:g}", ratio <= at_most))
        elif at_least is not None:
            self.rows.append(Row(name, ratio, f">= {at_least:g}", ratio >= at_least))
        else:
            self.rows.append(Row(name, ratio, "", met=True))

    def __str__(self) -> str:
        head = f"  {f'1.0 = {self.unit_name}, {self.unit / 1e6:.2f} ms':64}{'x':>8}  target"
        return "\n".join(["", self.title, head, *map(str, self.rows)])
