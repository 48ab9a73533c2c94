import { Alert } from '@patternfly/react-core';
import type { CatalogueSource } from '../../core/api/types';
import { formatTime } from '../../core/format/time';

/** What is shown while a source cannot be read. */
export function staleText({ readAt, entries }: CatalogueSource): string {
  return readAt
    ? `What you see of it (${entries === 1 ? '1 entry' : `${entries} entries`}) was read on ${formatTime(readAt)}.`
    : 'It was never read, so nothing of it is shown.';
}

function Mistakes({ source }: { source: CatalogueSource }) {
  const more = source.mistakeCount - source.mistakes.length;
  return (
    <Alert
      variant="warning"
      isInline
      isExpandable
      toggleAriaLabel={`Mistakes of ${source.name}`}
      component="p"
      className="lqx-gap-below"
      title={`${source.name} has mistakes; what they are in is left out`}
    >
      <ul className="lqx-break">
        {source.mistakes.map((mistake) => (
          <li key={mistake}>{mistake}</li>
        ))}
        {more > 0 && <li>{`And ${more} more.`}</li>}
      </ul>
    </Alert>
  );
}

/** What is wrong with sources, one banner each. */
export function SourceBanners({ sources }: { sources: readonly CatalogueSource[] }) {
  return (
    <>
      {sources
        .filter(({ problem }) => problem !== undefined)
        .map((source) => (
          <Alert
            key={source.id}
            variant="warning"
            isInline
            component="p"
            className="lqx-gap-below lqx-break"
            title={`${source.name} could not be read since ${formatTime(source.problemSince)}`}
          >
            {staleText(source)} {source.problem}
          </Alert>
        ))}
      {sources
        .filter(({ mistakeCount }) => mistakeCount > 0)
        .map((source) => (
          <Mistakes key={source.id} source={source} />
        ))}
    </>
  );
}
