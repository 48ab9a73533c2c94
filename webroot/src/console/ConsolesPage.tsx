import {
  Gallery,
  GalleryItem,
  PageSection,
  Tab,
  TabTitleText,
  Tabs,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { TerminalIcon } from '@patternfly/react-icons';
import { Link, useSearchParams } from 'react-router';
import { NothingYet } from '../core/layout/NothingYet';
import { ThemeMenu } from '../core/layout/ThemeMenu';
import { useTitle } from '../core/layout/useTitle';
import { AddVm } from './AddVm';
import { CloseConsole } from './CloseConsole';
import { ConsoleCard } from './ConsoleCard';
import { ConsoleTabTitle } from './ConsoleTabTitle';
import { OneConsole } from './OneConsole';
import { closed, consoleKey, deskOf, opened, queryOf, type Desk } from './openConsoles';

const OVERVIEW = 'overview';

interface OverviewProps {
  desk: Desk;
  onChange: (desk: Desk) => void;
}

function Overview({ desk, onChange }: OverviewProps) {
  const vmIds = [...new Set(desk.open.map(({ vmId }) => vmId))];
  if (vmIds.length === 0) {
    return <NothingYet icon={TerminalIcon} title="No console is open" body="Find a VM by its name, above." />;
  }
  return (
    <Gallery hasGutter minWidths={{ default: '18rem' }} aria-label="Overview of the consoles">
      {vmIds.map((vmId) => (
        <GalleryItem key={vmId}>
          <ConsoleCard vmId={vmId} onOpen={(one) => onChange(opened(desk, one))} />
        </GalleryItem>
      ))}
    </Gallery>
  );
}

/** Consoles of several VMs in one window; which ones, and which is in front, is in the page's address. */
export function ConsolesPage() {
  const [query, setQuery] = useSearchParams();
  const desk = deskOf(query);
  const { open, front } = desk;
  const change = (next: Desk): void => setQuery(queryOf(next), { replace: true });
  const show = (key: string | number): void => {
    const one = open.find((other) => consoleKey(other) === key);
    change({ open, front: one });
  };
  useTitle('Consoles');
  return (
    <main id="main" className="lqx-desk">
      <Toolbar isStatic inset={{ default: 'insetMd' }}>
        <ToolbarContent alignItems="center">
          <ToolbarItem>
            <Link to="/vms" className="lqx-brand">
              <img src="/favicon.svg" alt="" width="24" height="24" /> LimiQuantix
            </Link>
          </ToolbarItem>
          <ToolbarItem>
            <h1>Consoles</h1>
          </ToolbarItem>
          <ToolbarItem align={{ default: 'alignEnd' }}>
            <AddVm onAdd={(vmId) => change({ ...opened(desk, { vmId, kind: 'VNC' }), front: undefined })} />
          </ToolbarItem>
          <ToolbarItem>
            <ThemeMenu />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Tabs
        id="consoles"
        aria-label="Open consoles"
        activeKey={front ? consoleKey(front) : OVERVIEW}
        onSelect={(_event, key) => show(key)}
      >
        {[
          <Tab
            key={OVERVIEW}
            eventKey={OVERVIEW}
            tabContentId="console-view"
            title={<TabTitleText>Overview</TabTitleText>}
          />,
          ...open.map((one) => (
            <Tab
              key={consoleKey(one)}
              eventKey={consoleKey(one)}
              tabContentId="console-view"
              title={<ConsoleTabTitle {...one} />}
              actions={<CloseConsole {...one} onClose={() => change(closed(desk, consoleKey(one)))} />}
            />
          )),
        ]}
      </Tabs>
      <PageSection isFilled className="lqx-fill lqx-desk-view" id="console-view">
        {front ? <OneConsole key={consoleKey(front)} {...front} /> : <Overview desk={desk} onChange={change} />}
      </PageSection>
    </main>
  );
}
