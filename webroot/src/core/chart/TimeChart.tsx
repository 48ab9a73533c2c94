import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatBytes } from '../format/bytes';
import { byteTicks } from './byteTicks';
import type { Columns } from './gaps';

export interface Line {
  label: string;
  /** A colour as a CSS variable of PatternFly. */
  colour: string;
  filled?: boolean;
  dashed?: boolean;
}

interface Props {
  columns: Columns;
  lines: readonly Line[];
  /** The stretch of time that is shown, in seconds since 1970, also where nothing was seen. */
  from: number;
  until: number;
  /** The largest number that is shown. */
  most: number;
  /** A number with its unit; absent: a size. */
  format?: (value: number) => string;
  /** Round numbers from 0 to at least the most; absent: sizes. */
  ticksTo?: (most: number) => readonly number[];
}

const HEIGHT = 240;
const AXIS_WIDTH = 76;

function colourOf(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

function options(props: Props, width: number): UPlot.Options {
  const { lines, from, until, most, format = formatBytes, ticksTo = byteTicks } = props;
  const text = colourOf('--pf-t--global--text--color--subtle');
  const grid = { stroke: colourOf('--pf-t--global--border--color--default'), width: 1 };
  const ticks = ticksTo(most);
  return {
    width,
    height: HEIGHT,
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { range: [from, until] }, y: { range: [0, ticks.at(-1) ?? 1] } },
    axes: [
      { stroke: text, grid: { show: false }, ticks: grid },
      {
        stroke: text,
        grid,
        ticks: grid,
        size: AXIS_WIDTH,
        splits: () => [...ticks],
        values: (_, values) => values.map(format),
      },
    ],
    series: [
      {},
      ...lines.map(({ label, colour, filled, dashed }) => ({
        label,
        stroke: colourOf(colour),
        width: 2,
        ...(filled ? { fill: `color-mix(in srgb, ${colourOf(colour)} 20%, transparent)` } : {}),
        ...(dashed ? { dash: [6, 4] } : {}),
        points: { show: false },
        value: (_: UPlot, value: number | null) => (value === null ? '–' : format(value)),
      })),
    ],
  };
}

/** Numbers over time, as wide as there is room. It is a picture: whoever shows it says the same in words. */
export default function TimeChart(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const data = props.columns as UPlot.AlignedData;
    let chart = new UPlot(options(props, element.clientWidth), data, element);
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    // Colours are the theme's, which the root element's class says.
    const themed = new MutationObserver(() => {
      chart.destroy();
      chart = new UPlot(options(props, element.clientWidth), data, element);
    });
    themed.observe(document.documentElement, { attributeFilter: ['class'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      chart.destroy();
    };
  }, [props]);
  return <div ref={place} className="lqx-chart" aria-hidden="true" />;
}
