import { Button } from '@patternfly/react-core';
import { LockIcon } from '@patternfly/react-icons';
import { ApiError } from '../core/api/problem';
import type { AuditEntry } from '../core/api/types';
import { formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { Pager } from '../core/layout/Pager';
import { QueryState } from '../core/layout/QueryState';
import { Remark } from '../core/layout/Remark';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useCursors } from '../core/layout/useCursors';
import { auditAction, auditDetails, auditOutcome, auditTargetPath, useAudit } from './audit';

function Target({ entry }: { entry: AuditEntry }) {
  const path = auditTargetPath(entry);
  const name = entry.details.name ?? entry.targetId;
  return <Truncated text={name ?? '–'} {...(path ? { to: path } : {})} />;
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { label: 'When', cell: (entry) => <time dateTime={entry.at}>{formatTime(entry.at)}</time>, width: 15 },
  { label: 'Who', cell: (entry) => <Truncated text={entry.userName} />, width: 15 },
  {
    label: 'What',
    cell: (entry) => (
      <>
        <span title={entry.action}>{auditAction(entry)}</span>
        <Remark text={auditDetails(entry)} />
      </>
    ),
    width: 20,
  },
  { label: 'On which', cell: (entry) => <Target entry={entry} />, width: 20 },
  {
    label: 'Outcome',
    cell: (entry) => <StateLabel {...auditOutcome(entry)} title={`HTTP status ${entry.outcome}`} />,
    width: 15,
  },
  { label: 'From', cell: (entry) => <span className="lqx-break">{entry.remoteAddress}</span>, width: 15 },
];

export function AuditPage() {
  const pages = useCursors();
  const query = useAudit(pages.cursor);
  const forbidden = query.error instanceof ApiError && query.error.status === 403;
  const refresh = (
    <Button variant="secondary" isLoading={query.isFetching} onClick={() => void query.refetch()}>
      Refresh
    </Button>
  );
  return (
    <Page title="Audit log" actions={query.data ? refresh : undefined}>
      {forbidden ? (
        <NothingYet icon={LockIcon} title="Only administrators see the audit log" body="Ask one of them." />
      ) : (
        <QueryState query={query} what="audit log">
          {({ items, nextCursor }) => (
            <>
              <DataTable
                label="Audit log"
                rows={items}
                columns={COLUMNS}
                rowKey={(entry) => `${entry.at} ${entry.details.operationId ?? entry.action}`}
                unsorted
                nothing="Nothing was changed yet"
              />
              <Pager
                label="the audit log"
                page={pages.page}
                hasNext={nextCursor !== undefined}
                onBack={pages.back}
                onNext={() => nextCursor && pages.forward(nextCursor)}
              />
            </>
          )}
        </QueryState>
      )}
    </Page>
  );
}
