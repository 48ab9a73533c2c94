import { Button } from '@patternfly/react-core';
import { ImageIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Image } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatAgo, formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { Remark } from '../core/layout/Remark';
import { SearchBar } from '../core/layout/SearchBar';
import { matches } from '../core/layout/sort';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { imageActions } from './actions';
import { AddImageModal } from './add/AddImageModal';
import { ABANDONED, imageState } from './imageState';
import { images } from './images';
import { useLibrary, type LibraryImage } from './library';

const COLUMNS: readonly Column<LibraryImage>[] = [
  { label: 'Name', cell: (image) => <Truncated text={image.name} />, sortBy: (image) => image.name, width: 20 },
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
    cell: (image) => <Truncated text={image.operatingSystem ?? '–'} />,
    sortBy: (image) => image.operatingSystem ?? '',
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

function ImageTable({ images: all }: { images: readonly Image[] }) {
  const rows = useLibrary(all);
  const [search, setSearch] = useState('');
  const found = rows.filter((image) => matches(search, image.name, image.operatingSystem));
  return (
    <>
      <SearchBar
        label="Find by name or system"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${rows.length}`}
      />
      <DataTable label="Images" rows={found} columns={COLUMNS} rowKey={(image) => image.id} />
    </>
  );
}

export function ImagesPage() {
  const query = useList(images);
  const [adding, setAdding] = useState(false);
  const add = <Button onClick={() => setAdding(true)}>Add image</Button>;
  return (
    <Page title="Images" actions={query.data && query.data.length > 0 ? add : undefined}>
      <QueryState query={query} what="images">
        {(rows) =>
          rows.length > 0 ? (
            <ImageTable images={rows} />
          ) : (
            <NothingYet
              icon={ImageIcon}
              title="No images yet"
              body="Upload a cloud image, such as Debian's, or import one that a host has."
              action={add}
            />
          )
        }
      </QueryState>
      {adding && <AddImageModal onClose={() => setAdding(false)} />}
    </Page>
  );
}
