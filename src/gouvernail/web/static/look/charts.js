// Draws every <figure data-chart="id of a json_script"> with ECharts, as SVG, in the colours of the page.
// The option is plain JSON. Strings "var(--name)" become the page's colours, now and when the theme changes; formatters
// "@name" or "@name:argument" are looked up in FORMATTERS. Beside each chart: its table, and a button for CSV.
(() => {
  const lang = document.documentElement.lang === "fr" ? "fr" : "en";
  const number = (options) => {
    const made = new Intl.NumberFormat(lang, options);
    return (value) => (value === null || value === undefined || value === "-" ? "–" : made.format(value));
  };
  const money = (currency) => {
    const made = number({ maximumFractionDigits: 0 });
    return (value) => (lang === "fr" ? `${made(value)}\u00a0${currency}` : `${currency}\u00a0${made(value)}`);
  };
  const month = new Intl.DateTimeFormat(lang, { month: "short", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone: "UTC" });
  const FORMATTERS = {
    number: () => number({ maximumFractionDigits: 1 }),
    compact: () => number({ notation: "compact", maximumFractionDigits: 1 }),
    percent: (digits) => number({ style: "percent", maximumFractionDigits: Number(digits || 0) }),
    money,
    month: () => (value) => month.format(new Date(value)),
    // Days since the one named, as a date: bars over time are stacked from their first day.
    days: (first) => (value) => day.format(new Date(Date.parse(first) + value * 86_400_000)),
  };
  const formatter = (words) => {
    const [name, argument] = words.slice(1).split(":");
    const format = FORMATTERS[name] ? FORMATTERS[name](argument) : String;
    // ECharts hands a label its parameters and an axis its bare value.
    return (given) => format(given !== null && typeof given === "object" && "value" in given ? last(given.value) : given);
  };
  const last = (value) => (Array.isArray(value) ? value[value.length - 1] : value);

  const filled = (value, style, key) => {
    if (Array.isArray(value)) return value.map((one) => filled(one, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, style, name)]));
    }
    if (typeof value === "string") {
      if (value.startsWith("var(--")) return style.getPropertyValue(value.slice(4, -1)).trim();
      if (value.startsWith("@") && /formatter/i.test(key || "")) return formatter(value);
    }
    return value;
  };

  const axis = (style) => ({
    axisLine: { lineStyle: { color: style.getPropertyValue("--edge").trim() } },
    axisTick: { show: false },
    axisLabel: { color: style.getPropertyValue("--muted").trim() },
    splitLine: { lineStyle: { color: style.getPropertyValue("--line").trim() } },
    nameTextStyle: { color: style.getPropertyValue("--muted").trim() },
  });
  const theme = (style) => {
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const words = { color: colour("ink"), textBorderColor: colour("paper"), textBorderWidth: 2 };
    const all = axis(style);
    return {
      color: ["c1", "c2", "c3", "c4", "c5", "c6"].map(colour),
      backgroundColor: "transparent",
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink") },
      legend: { textStyle: { color: colour("ink") }, inactiveColor: colour("edge"), itemWidth: 22, itemHeight: 9 },
      categoryAxis: { ...all, splitLine: { show: false } }, valueAxis: { ...all, axisLine: { show: false } }, timeAxis: all, logAxis: all,
      tooltip: { backgroundColor: colour("paper"), borderColor: colour("edge"), textStyle: { color: colour("ink"), fontSize: 13 } },
      visualMap: { textStyle: { color: colour("muted") } },
      sankey: { label: words }, graph: { label: words }, tree: { label: words, lineStyle: { color: colour("edge") } }, funnel: { label: words },
      calendar: { dayLabel: { color: colour("muted") }, monthLabel: { color: colour("muted") }, yearLabel: { color: colour("muted") }, itemStyle: { color: "transparent", borderColor: colour("line") }, splitLine: { lineStyle: { color: colour("edge") } } },
    };
  };

  const drawn = new Map();
  const draw = (figure) => {
    const canvas = figure.querySelector(".chart-canvas");
    const script = document.getElementById(figure.dataset.chart);
    if (!canvas || !script || !globalThis.echarts) return;
    drawn.get(figure)?.chart.dispose();
    const style = getComputedStyle(document.documentElement);
    const option = filled(JSON.parse(script.textContent), style);
    // Tooltips as rich text: HTML ones would write style attributes, which the page forbids.
    option.tooltip = { confine: true, ...option.tooltip, renderMode: "richText" };
    option.animation = false;
    // The head of a tooltip names a place on the axis as the axis itself does.
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      const named = axis?.axisLabel?.formatter;
      if (typeof named === "function") axis.axisPointer = { label: { formatter: named }, ...axis.axisPointer };
    }
    option.aria = { enabled: false };
    const narrow = canvas.clientWidth < 560;
    if (narrow && option.narrow) Object.assign(option, option.narrow);
    delete option.narrow;
    const chart = echarts.init(canvas, theme(style), { renderer: "svg", locale: lang.toUpperCase() });
    chart.setOption(option);
    drawn.set(figure, { chart, narrow });
  };

  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = target.closest("figure");
      const known = drawn.get(figure);
      if (!known) continue;
      if (known.narrow === target.clientWidth < 560) known.chart.resize();
      else draw(figure);
    }
  });

  const cell = (words) => (/[",;\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
  // A leading = + - @ would be run as a formula by a spreadsheet; numbers stay numbers.
  const tame = (words) => (/^[=+\-@\t\r]/.test(words) && !/^[+-]?[\d.,]+$/.test(words) ? `'${words}` : words);
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map((one) => cell(tame(one.dataset.raw ?? one.textContent.trim()))).join(",")).join("\r\n");
  const save = (button) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv(document.getElementById(button.dataset.csv))], { type: "text/csv" }));
    link.download = button.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const ready = (root) => {
    for (const figure of root.querySelectorAll("figure[data-chart]")) {
      if (drawn.has(figure)) continue;
      draw(figure);
      sized.observe(figure.querySelector(".chart-canvas"));
    }
    for (const button of root.querySelectorAll("[data-csv]:not([data-bound])")) {
      button.dataset.bound = "1";
      button.addEventListener("click", () => save(button));
    }
  };
  const again = () => { for (const figure of [...drawn.keys()]) figure.isConnected ? draw(figure) : drawn.delete(figure); };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
  new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  // Paper is white whatever the theme of the screen, and as wide as a page: charts are drawn anew for it, and back after.
  const PAPER = 560;
  let screen = null;
  const print = (on) => {
    const root = document.documentElement.dataset;
    if (on) [screen, root.bsTheme] = [root.bsTheme, "light"];
    else if (screen !== null) root.bsTheme = screen;
    again();
    if (on) for (const { chart } of drawn.values()) chart.resize({ width: PAPER });
  };
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
})();
