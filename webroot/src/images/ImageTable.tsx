import { Label, LabelGroup } from '@patternfly/react-core';
import { LockIcon } from '@patternfly/react-icons';
import { useSearchParams } from 'react-router';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Image } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatAgo, formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { FilterSelect } from '../core/layout/FilterSelect';
import { Remark } from '../core/layout/Remark';
import { SearchBar } from '../core/layout/SearchBar';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { imageActions } from './actions';
import { choicesOf, filtered, filterOf, withFilter, type ImageFilter } from './filter';
import { ABANDONED, imageState } from './imageState';
import { useLibrary, type LibraryImage } from './library';
import { systemOf } from './system/system';

function Name({ image }: { image: LibraryImage }) {
  return (
    <>
      <Truncated text={image.name} />
      {image.visibility === 'PRIVATE' && (
        <Label isCompact variant="outline" icon={<LockIcon />} title="Only its owner and administrators see it">
          Private
        </Label>
      )}
      {image.tags.length > 0 && (
        <LabelGroup aria-label={`Tags of ${image.name}`} numLabels={3}>
          {image.tags.map((tag) => (
            <Label key={tag} isCompact>
              {tag}
            </Label>
          ))}
        </LabelGroup>
      )}
    </>
  );
}

const COLUMNS: readonly Column<LibraryImage>[] = [
  { label: 'Name', cell: (image) => <Name image={image} />, sortBy: (image) => image.name, width: 20 },
  {
    label: 'State',
    cell: (image) => (
      <>
        <StateLabel {...imageState(image)} />
        <Remark text={image.problem} danger />
        <Remark text={image.abandoned ? ABANDONED : undefined} />
      </>
    ),
    sortBy: (image) => image.state,
    width: 25,
  },
  {
    label: 'System',
    cell: (image) => <Truncated text={systemOf(image) ?? '–'} />,
    sortBy: (image) => systemOf(image) ?? '',
    width: 15,
  },
  { label: 'Format', cell: (image) => image.format, sortBy: (image) => image.format, width: 10 },
  {
    label: 'Disk size',
    cell: (image) => (image.virtualSizeBytes > 0 ? formatBytes(image.virtualSizeBytes) : '–'),
    sortBy: (image) => image.virtualSizeBytes,
    width: 15,
  },
  {
    label: 'Created',
    cell: (image) => <span title={formatTime(image.createdAt)}>{formatAgo(image.createdAt)}</span>,
    sortBy: (image) => image.createdAt,
    width: 15,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (image) => <ActionsMenu target={image} name={image.name} actions={imageActions} />,
  },
];

/** One kind of images; which of them are shown stands in the address. */
export function ImageTable({ label, images: all }: { label: string; images: readonly Image[] }) {
  const rows = useLibrary(all);
  const [parameters, setParameters] = useSearchParams();
  const filter = filterOf(parameters);
  const change = (more: Partial<ImageFilter>): void =>
    setParameters((now) => withFilter(now, { ...filterOf(now), ...more }), { replace: true });
  const choices = choicesOf(rows, filter);
  const found = filtered(rows, filter);
  return (
    <>
      <SearchBar
        label="Find by name, system or tag"
        value={filter.search}
        onChange={(search) => change({ search })}
        count={`${found.length} of ${rows.length}`}
      >
        <FilterSelect
          label="State"
          all="All states"
          value={filter.state}
          choices={choices.states}
          onChange={(state) => change({ state })}
        />
        <FilterSelect
          label="Operating system"
          all="All systems"
          value={filter.system}
          choices={choices.systems}
          onChange={(system) => change({ system })}
        />
        {choices.tags.length > 0 && (
          <FilterSelect
            label="Tag"
            all="All tags"
            value={filter.tag}
            choices={choices.tags}
            onChange={(tag) => change({ tag })}
          />
        )}
      </SearchBar>
      <DataTable label={label} rows={found} columns={COLUMNS} rowKey={(image) => image.id} />
    </>
  );
}
