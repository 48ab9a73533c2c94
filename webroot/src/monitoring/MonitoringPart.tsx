import { Alert, Grid, GridItem, Title, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { Statistics } from '../core/api/types';
import { NothingYet } from '../core/layout/NothingYet';
import { QueryState } from '../core/layout/QueryState';
import { CHARTS } from './charts';
import { NumbersCard } from './NumbersCard';
import { RANGES, useStatistics, type Owner, type Range } from './statistics';

interface Props {
  of: Owner;
  id: string;
  /** Why nothing is measured now, where that is as it should be. */
  idle?: string;
  title?: string;
}

function Charts({ of, statistics, range }: { of: Owner; statistics: Statistics; range: Range }) {
  if (statistics.series.length === 0) {
    return (
      <NothingYet
        title="Nothing was measured in this time"
        body={statistics.problem ?? 'Numbers come every 5 seconds while it runs.'}
      />
    );
  }
  const until = (statistics.times.at(-1) ?? 0) + statistics.resolutionSeconds;
  const kinds = CHARTS[of].filter(
    ({ kind }) => kind === 'machine' || statistics.series.some((series) => series.kind === kind),
  );
  return (
    <Grid hasGutter>
      {kinds.map((chart) => (
        <GridItem key={chart.title} md={12} lg={6}>
          <NumbersCard statistics={statistics} chart={chart} from={until - RANGES[range]} until={until} />
        </GridItem>
      ))}
    </Grid>
  );
}

/** What a VM or host used over time; times in which nothing was measured stay empty. */
export default function MonitoringPart({ of, id, idle, title }: Props) {
  const [range, setRange] = useState<Range>('1 h');
  const query = useStatistics(of, id, range);
  const problem = idle === undefined ? query.data?.problem : undefined;
  return (
    <section aria-label="Monitoring" className="lqx-monitoring">
      {title !== undefined && <Title headingLevel="h2">{title}</Title>}
      <ToggleGroup aria-label="How far back">
        {(Object.keys(RANGES) as Range[]).map((one) => (
          <ToggleGroupItem key={one} text={one} isSelected={one === range} onChange={() => setRange(one)} />
        ))}
      </ToggleGroup>
      {idle !== undefined && <Alert component="p" variant="info" isInline title={idle} />}
      {problem !== undefined && <Alert component="p" variant="warning" isInline title={problem} />}
      {query.data !== undefined && query.isError && (
        <Alert component="p" variant="warning" isInline title="The newest numbers could not be read" />
      )}
      <QueryState query={query} what="numbers">
        {(statistics) => <Charts of={of} statistics={statistics} range={range} />}
      </QueryState>
    </section>
  );
}
