"""ECharts, drawn on this machine: an option goes in, a clean SVG comes out, without browser and without Node.

ECharts' server-side rendering runs inside quickjs-ng (10 ms a chart, engine kept for the process). What comes out
is tidied for a page that holds many charts: colours become CSS variables (so that they follow light, dark and
print), identifiers carry the chart's own name (so that the same chart is the same bytes), and everything that
only serves a pointer goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from threading import get_ident
from typing import Any

import quickjs

INK, MUTED, LINE, ACCENT, SOUND, WEAK, LOST, PAPER = (f"#a1000{n}" for n in range(1, 9))
"""Stand-in colours: names of CSS variables in disguise, since ECharts only takes real colours."""

_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    LINE: "var(--line)",
    ACCENT: "var(--accent)",
    SOUND: "var(--good)",
    WEAK: "var(--warn)",
    LOST: "var(--bad)",
    PAPER: "var(--paper)",
}
FONT = "Inter, system-ui, sans-serif"
_MEMORY = 256 * 1024 * 1024

# The stubs are all that ECharts asks of its surroundings when nothing moves. Strings come back through JSON:
# quickjs-ng hands out long concatenations in a form that its Python side cannot read.
_STUBS = "var setTimeout = function () { return 0; }, clearTimeout = function () {};"
_DRAW = """
function draw(option, width, height) {
  var parsed = JSON.parse(option), ticks = parsed.ticks;
  delete parsed.ticks;
  if (ticks) {
    parsed.yAxis.axisLabel.formatter = function (value) {
      return ticks[Math.round((value - parsed.yAxis.min) / parsed.yAxis.interval)] || "";
    };
  }
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  chart.setOption(parsed);
  var svg = chart.renderToSVGString({ useViewBox: true });
  chart.dispose();
  return JSON.stringify(svg);
}
"""


def draw(name: str, option: Mapping[str, Any], width: int, height: int) -> str:
    """Return the inside of an SVG, `width` × `height` units, of the ECharts `option`.

    `name` is unique in the page; `option["ticks"]`, where given, names the marks of the value axis from its `min`
    upward by `interval`.
    """
    engine = _engine(get_ident())
    words = json.dumps({"animation": False, "textStyle": {"fontFamily": FONT}, **option}, ensure_ascii=True)
    svg: str = json.loads(engine.get("draw")(words, width, height))
    return _tidy(svg, name)


@cache
def _engine(_thread: int) -> Any:
    # One engine a thread: a quickjs context must stay in the thread that made it.
    context = quickjs.Context()
    context.set_memory_limit(_MEMORY)
    context.eval(_STUBS)
    context.eval((files("gouvernail.report") / "assets" / "echarts.min.js").read_text("utf-8"))
    context.eval(_DRAW)
    return context


def _tidy(svg: str, name: str) -> str:
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    inside = re.sub(r"<style\s*>.*?</style>", "", inside, flags=re.DOTALL)
    inside = re.sub(r'<rect [^>]*fill="none"></rect>', "", inside, count=1)
    inside = re.sub(r'\s(?:ecmeta_\w+|class)="[^"]*"', "", inside)
    inside = re.sub(r"zr\d+-", f"{name}-", inside)
    for colour, variable in _VARIABLES.items():
        inside = inside.replace(colour, variable)
    return "".join(line.strip() for line in inside.splitlines())
