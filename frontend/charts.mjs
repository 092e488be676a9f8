// The charts that pages draw, and nothing else: SVG only, so that they print and stay sharp.
import * as echarts from "echarts/core";
import {
  BarChart, CustomChart, FunnelChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, TreeChart,
} from "echarts/charts";
import {
  AriaComponent, CalendarComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent,
  MarkLineComponent, MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import langFR from "echarts/i18n/langFR-obj.js";

echarts.use([
  BarChart, CustomChart, FunnelChart, GraphChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, TreeChart,
  AriaComponent, CalendarComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent,
  MarkLineComponent, MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent,
  VisualMapPiecewiseComponent, LabelLayout, SVGRenderer,
]);
echarts.registerLocale("FR", langFR);
globalThis.echarts = echarts;
