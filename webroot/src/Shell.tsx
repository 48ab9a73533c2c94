import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { Suspense, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { Banners } from './Banners';
import { ErrorBoundary } from './core/layout/ErrorBoundary';
import { ThemeMenu } from './core/layout/ThemeMenu';
import { MainNav } from './MainNav';
import { UserMenu } from './session/UserMenu';
import { TaskBadge } from './tasks/TaskBadge';
import { TaskDrawer } from './tasks/TaskDrawer';

function Top({ onTasks, tasksOpen }: { onTasks: () => void; tasksOpen: boolean }) {
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label="Navigation" />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/" />} className="lqx-brand">
            <img src="/favicon.svg" alt="" width="28" height="28" />
            LimiQuantix
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapSm' }}>
              <ToolbarItem>
                <TaskBadge isOpen={tasksOpen} onClick={onTasks} />
              </ToolbarItem>
              <ToolbarItem>
                <ThemeMenu />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

/** What every page stands in: masthead, navigation, banners and the drawer of tasks. */
export function Shell() {
  const { pathname } = useLocation();
  const [tasksOpen, setTasksOpen] = useState(false);
  return (
    <Page
      isManagedSidebar
      isContentFilled
      mainContainerId="main"
      skipToContent={<SkipToContent href="#main">Skip to content</SkipToContent>}
      masthead={<Top tasksOpen={tasksOpen} onTasks={() => setTasksOpen(!tasksOpen)} />}
      sidebar={
        <PageSidebar>
          <PageSidebarBody>
            <MainNav />
          </PageSidebarBody>
        </PageSidebar>
      }
      isNotificationDrawerExpanded={tasksOpen}
      notificationDrawer={tasksOpen ? <TaskDrawer onClose={() => setTasksOpen(false)} /> : undefined}
      banner={<Banners />}
    >
      <ErrorBoundary place={pathname}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </ErrorBoundary>
    </Page>
  );
}
