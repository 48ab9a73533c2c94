import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Content,
  FormSelect,
  FormSelectOption,
  Spinner,
} from '@patternfly/react-core';
import { Suspense, useState } from 'react';
import type { Statistics } from '../core/api/types';
import { lazyPart } from '../core/layout/lazyPart';
import { devicesOf, inWords, linesOf, type ChartKind, type DrawnLine } from './charts';
import type { Columns } from '../core/chart/gaps';

const TimeChart = lazyPart(() => import('../core/chart/TimeChart'));

interface Props {
  statistics: Statistics;
  chart: ChartKind;
  /** The stretch of time that is shown, in seconds since 1970. */
  from: number;
  until: number;
}

const mostOf = (lines: readonly DrawnLine[]): number =>
  lines.reduce((most, { values }) => values.reduce<number>((a, b) => Math.max(a, b ?? 0), most), 0);

function Picture({ statistics, chart, from, until, lines }: Props & { lines: readonly DrawnLine[] }) {
  if (lines.every(({ values }) => values.every((value) => value === null))) {
    return <Content component="p">{chart.whenEmpty ?? 'Nothing was measured in this time.'}</Content>;
  }
  const columns = [[...statistics.times], ...lines.map(({ values }) => [...values])] as Columns;
  return (
    <>
      <div className="lqx-chart-place">
        <Suspense fallback={<Spinner aria-label="Loading the chart" />}>
          <TimeChart
            columns={columns}
            lines={lines}
            from={from}
            until={until}
            most={Math.max(chart.least, mostOf(lines))}
            format={chart.format}
            ticksTo={chart.ticksTo}
          />
        </Suspense>
      </div>
      <ul className="lqx-plain lqx-subtle" aria-label={`${chart.title} in words`}>
        {lines.map((line) => (
          <li key={line.label}>{inWords(line, chart.format)}</li>
        ))}
      </ul>
    </>
  );
}

/** One chart, of one device where there are several. */
export function NumbersCard(props: Props) {
  const { statistics, chart } = props;
  const devices = devicesOf(statistics, chart.kind);
  const [wanted, setWanted] = useState<string>();
  const device = wanted !== undefined && devices.includes(wanted) ? wanted : devices[0];
  const choice = devices.length > 1 && (
    <FormSelect aria-label={`Device of ${chart.title}`} value={device} onChange={(_event, next) => setWanted(next)}>
      {devices.map((one) => (
        <FormSelectOption key={one} value={one} label={one} />
      ))}
    </FormSelect>
  );
  const shown = devices.length === 1 ? `${chart.title}: ${devices[0] ?? ''}` : chart.title;
  return (
    <Card component="section" aria-label={chart.title} isFullHeight>
      <CardHeader {...(choice ? { actions: { actions: choice, hasNoOffset: true } } : {})}>
        <CardTitle component="h3">{shown}</CardTitle>
      </CardHeader>
      <CardBody>
        <Picture {...props} lines={linesOf(statistics, chart, device)} />
      </CardBody>
    </Card>
  );
}
