import { Button, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { ImageIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Image } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatAgo, formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { LinkButton } from '../core/layout/LinkButton';
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
import { CatalogueButtons } from './catalogue/CatalogueButtons';
import { CatalogueView } from './catalogue/CatalogueView';
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
  // A link from elsewhere says which one is meant.
  const [parameters] = useSearchParams();
  const [search, setSearch] = useState(parameters.get('search') ?? '');
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

const TABS = { library: 'Library', catalogue: 'Catalogue' } as const;
type TabKey = keyof typeof TABS;

const pathOf = (tab: string | number): string => (tab === 'library' ? '/images' : `/images/${tab}`);

function Library({ onAdd }: { onAdd: () => void }) {
  const query = useList(images);
  return (
    <QueryState query={query} what="images">
      {(rows) =>
        rows.length > 0 ? (
          <ImageTable images={rows} />
        ) : (
          <NothingYet
            icon={ImageIcon}
            title="No images yet"
            body="Download one from the catalogue, upload a cloud image, or import one that a host has."
            action={
              <div className="lqx-actions">
                <LinkButton to="/images/catalogue">Look at the catalogue</LinkButton>
                <Button variant="secondary" onClick={onAdd}>
                  Add image
                </Button>
              </div>
            }
          />
        )
      }
    </QueryState>
  );
}

export function ImagesPage() {
  const { tab: wanted = 'library' } = useParams();
  const tab: TabKey = wanted in TABS ? (wanted as TabKey) : 'library';
  const navigate = useNavigate();
  const isFilled = (useList(images).data?.length ?? 0) > 0;
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  const libraryButtons = isFilled ? <Button onClick={add}>Add image</Button> : undefined;
  return (
    <Page title="Images" actions={tab === 'library' ? libraryButtons : <CatalogueButtons />}>
      <Tabs
        id="image-views"
        aria-label="Images and where they come from"
        activeKey={tab}
        onSelect={(_event, key) => void navigate(pathOf(key))}
        className="lqx-gap-below"
      >
        {Object.entries(TABS).map(([key, label]) => (
          <Tab key={key} eventKey={key} tabContentId="image-view" title={<TabTitleText>{label}</TabTitleText>} />
        ))}
      </Tabs>
      <div id="image-view" role="tabpanel" aria-labelledby={`pf-tab-${tab}-image-views`}>
        {tab === 'library' ? <Library onAdd={add} /> : <CatalogueView />}
      </div>
      {adding && <AddImageModal onClose={() => setAdding(false)} />}
    </Page>
  );
}
