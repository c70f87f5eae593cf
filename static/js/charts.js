/* Draws each figure beside its table, in the colours of the page, as SVG. Patterns tell series apart as well as colours do. */
"use strict";

(() => {
  if (!window.echarts) return;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const drawn = new Map();

  const amount = (chart, value) => {
    if (value === null || value === undefined) return "—";
    const shown = chart.fen ? value / 100 : value;
    return shown.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  };

  const marks = (series) => series.cap === undefined ? undefined : {
    symbol: "none",
    silent: true,
    lineStyle: { color: css("--seal"), type: "dashed", width: 2 },
    label: { show: false },
    data: [{ yAxis: series.cap }],
  };

  const seriesOf = (chart) => chart.series.map((series) => ({
    name: series.name,
    type: chart.kind === "line" ? "line" : "bar",
    stack: chart.kind === "stack" ? "all" : undefined,
    data: series.data,
    barMaxWidth: 44,
    symbolSize: 8,
    markLine: marks(series),
  }));

  const slices = (chart) => [{
    type: "pie",
    radius: ["45%", "72%"],
    data: chart.categories.map((name, index) => ({ name, value: chart.series[0].data[index] })),
    label: { color: css("--ink"), formatter: "{b} {d}%" },
  }];

  const axes = (chart) => {
    const text = { color: css("--ink-soft"), fontSize: 13 };
    return {
      grid: { left: 8, right: 16, top: chart.series.length > 1 ? 44 : 16, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: chart.categories, axisLabel: text, axisLine: { lineStyle: { color: css("--line-strong") } }, axisTick: { show: false } },
      yAxis: { type: "value", max: chart.series.some((series) => series.cap) ? (found) => Math.max(found.max, ...chart.series.map((series) => series.cap || 0)) : undefined, axisLabel: { ...text, formatter: (value) => amount(chart, value) }, splitLine: { lineStyle: { color: css("--line") } } },
    };
  };

  const options = (chart) => ({
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    aria: { enabled: true, decal: { show: chart.series.length > 1 || chart.kind === "pie" }, label: { description: chart.title } },
    color: [css("--jade"), css("--indigo"), css("--amber-line"), css("--seal"), css("--line-strong")],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    legend: chart.series.length > 1 ? { top: 0, left: 0, textStyle: { color: css("--ink") } } : undefined,
    tooltip: { trigger: chart.kind === "pie" ? "item" : "axis", renderMode: "richText", valueFormatter: (value) => amount(chart, value) },
    ...(chart.kind === "pie" ? {} : axes(chart)),
    series: chart.kind === "pie" ? slices(chart) : seriesOf(chart),
  });

  const draw = (canvas) => {
    const chart = JSON.parse(canvas.dataset.chart);
    canvas.hidden = false;
    const table = canvas.parentElement.querySelector(".chart__data");
    if (table && !drawn.has(canvas)) table.open = false;
    drawn.get(canvas)?.dispose();
    const picture = window.echarts.init(canvas, null, { renderer: "svg" });
    picture.setOption(options(chart));
    drawn.set(canvas, picture);
  };

  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  drawAll();
  window.addEventListener("resize", () => drawn.forEach((picture) => picture.resize()));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
