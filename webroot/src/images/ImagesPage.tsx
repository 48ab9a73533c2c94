import { Button, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { ImageIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { LinkButton } from '../core/layout/LinkButton';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { AddImageModal } from './add/AddImageModal';
import { CatalogueButtons } from './catalogue/CatalogueButtons';
import { CatalogueView } from './catalogue/CatalogueView';
import { ImageTable } from './ImageTable';
import { images } from './images';
import { TransfersView } from './transfers/TransfersView';
import { tabOf, tabPath, TABS, type LibraryTab, type TabKey } from './tabs';

const EMPTY: Readonly<Record<LibraryTab, { title: string; body: string }>> = {
  cloud: {
    title: 'No cloud images yet',
    body: 'Download one from the catalogue, upload one, or import one that a host has.',
  },
  isos: {
    title: 'No ISOs yet',
    body: 'Download an installer from the catalogue, upload one, or import one that a host has.',
  },
  appliances: {
    title: 'No appliances yet',
    body: 'Upload an OVA: each of its disks becomes an image, and a VM like the one that it describes can be made of it.',
  },
};

function Library({ tab, onAdd }: { tab: LibraryTab; onAdd: () => void }) {
  const query = useList(images);
  return (
    <QueryState query={query} what="images">
      {(all) => {
        const rows = all.filter((image) => tabOf(image) === tab);
        return rows.length > 0 ? (
          <ImageTable key={tab} label={TABS[tab]} images={rows} />
        ) : (
          <NothingYet
            icon={ImageIcon}
            title={all.length > 0 ? EMPTY[tab].title : 'No images yet'}
            body={EMPTY[tab].body}
            action={
              <div className="lqx-actions">
                <LinkButton to="/images/catalogue">Look at the catalogue</LinkButton>
                <Button variant="secondary" onClick={onAdd}>
                  Add image
                </Button>
              </div>
            }
          />
        );
      }}
    </QueryState>
  );
}

function Shown({ tab, onAdd }: { tab: TabKey; onAdd: () => void }) {
  switch (tab) {
    case 'catalogue':
      return <CatalogueView />;
    case 'transfers':
      return <TransfersView />;
    default:
      return <Library tab={tab} onAdd={onAdd} />;
  }
}

export function ImagesPage() {
  const { tab: wanted = 'cloud' } = useParams();
  const tab: TabKey = wanted in TABS ? (wanted as TabKey) : 'cloud';
  const navigate = useNavigate();
  const isFilled = useList(images).data?.some((image) => tabOf(image) === tab) ?? false;
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  const libraryButtons = isFilled ? <Button onClick={add}>Add image</Button> : undefined;
  return (
    <Page title="Images" actions={tab === 'catalogue' ? <CatalogueButtons /> : libraryButtons}>
      <Tabs
        id="image-views"
        aria-label="Images and where they come from"
        activeKey={tab}
        onSelect={(_event, key) => void navigate(tabPath(key))}
        className="lqx-gap-below"
      >
        {Object.entries(TABS).map(([key, label]) => (
          <Tab key={key} eventKey={key} tabContentId="image-view" title={<TabTitleText>{label}</TabTitleText>} />
        ))}
      </Tabs>
      <div id="image-view" role="tabpanel" aria-labelledby={`pf-tab-${tab}-image-views`}>
        <Shown tab={tab} onAdd={add} />
      </div>
      {adding && <AddImageModal onClose={() => setAdding(false)} />}
    </Page>
  );
}
