import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { BarsProps } from './bars-props.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export interface BarsChart {
  draw(props: BarsProps): void;
  resize(props: BarsProps): void;
  dispose(): void;
}

export function createBars(element: HTMLDivElement): BarsChart {
  const chart = init(element);
  let disposed = false;
  let codes: readonly string[] = [];
  let onChoose: BarsProps['onChoose'];
  chart.on('click', ({ dataIndex }) => {
    const code = codes[dataIndex];
    if (code !== undefined) onChoose?.(code);
  });
  const draw = (props: BarsProps) => {
    if (disposed) return;
    codes = props.categories.map(({ code }) => code);
    onChoose = props.onChoose;
    // The page's own size of letters, which grows with the wall.
    const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const text = { color: '#dbe7f5', fontSize: letters };
    chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(element).fontFamily },
        grid: { left: letters, right: letters * 4, top: letters * 2.6, bottom: letters, containLabel: true },
        legend: { top: 0, textStyle: text, itemWidth: letters * 1.4, itemHeight: letters * 0.9 },
        // As text on the canvas: a tooltip of HTML would need inline styles, which the page's policy forbids.
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          axisPointer: { type: 'shadow' },
          textStyle: { fontSize: letters },
        },
        xAxis: {
          type: 'value',
          minInterval: 1,
          axisLabel: { ...text, fontSize: letters * 0.85 },
          splitLine: { lineStyle: { color: '#24405f' } },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: props.categories.map(({ name }) => name),
          axisLabel: { ...text, interval: 0 },
          axisLine: { lineStyle: { color: '#3d5f86' } },
          axisTick: { show: false },
        },
        series: props.series.map(({ name, colour, values }) => ({
          type: 'bar',
          name,
          data: [...values],
          itemStyle: { color: colour },
          barMaxWidth: letters * 1.8,
          ...(props.stacked === true ? { stack: 'all' } : {}),
          label: {
            show: true,
            position: props.stacked === true ? 'inside' : 'right',
            ...text,
            formatter: ({ value }: { value: number }) => (value === 0 ? '' : value.toLocaleString()),
          },
        })),
      },
      true,
    );
  };
  return {
    draw,
    resize(props) {
      if (disposed) return;
      chart.resize();
      draw(props);
    },
    dispose() {
      disposed = true;
      chart.dispose();
    },
  };
}
