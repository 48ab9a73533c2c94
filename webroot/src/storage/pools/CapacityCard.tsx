import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Content,
  Spinner,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api, unwrap } from '../../core/api/client';
import type { CapacityOverTime, Pool } from '../../core/api/types';
import { lazyPart } from '../../core/layout/lazyPart';
import { QueryState } from '../../core/layout/QueryState';
import { capacityChart, inWords } from './capacityChart';

const TimeChart = lazyPart(() => import('../../core/chart/TimeChart'));

type Period = 'day' | 'week' | 'month' | 'year';
const PERIODS: readonly Period[] = ['day', 'week', 'month', 'year'];
const AGAIN_MS = 60_000;

function Chart({ over }: { over: CapacityOverTime }) {
  if (over.samples.length === 0) {
    return (
      <Content component="p">
        Nothing was noted of this time yet. A sample is taken every five minutes in which a host can use the pool.
      </Content>
    );
  }
  return (
    <>
      <div className="lqx-chart-place">
        <Suspense fallback={<Spinner aria-label="Loading the chart" />}>
          <TimeChart {...capacityChart(over)} />
        </Suspense>
      </div>
      <Content component="small">{inWords(over)}</Content>
    </>
  );
}

/** How full the pool was; times in which no host could use it stay empty. */
export function CapacityCard({ pool }: { pool: Pool }) {
  const [period, setPeriod] = useState<Period>('day');
  const query = useQuery({
    queryKey: ['capacity', pool.id, period],
    queryFn: () =>
      unwrap(api.GET('/pools/{poolId}/capacity', { params: { path: { poolId: pool.id }, query: { period } } })),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  const choice = (
    <ToggleGroup aria-label="How far back">
      {PERIODS.map((one) => (
        <ToggleGroupItem
          key={one}
          text={one.charAt(0).toUpperCase() + one.slice(1)}
          isSelected={one === period}
          onChange={() => setPeriod(one)}
        />
      ))}
    </ToggleGroup>
  );
  return (
    <Card component="section" aria-label="Capacity over time">
      <CardHeader actions={{ actions: choice, hasNoOffset: true }}>
        <CardTitle component="h2">Capacity over time</CardTitle>
      </CardHeader>
      <CardBody>
        <QueryState query={query} what="capacity over time" compact>
          {(over) => <Chart over={over} />}
        </QueryState>
      </CardBody>
    </Card>
  );
}
