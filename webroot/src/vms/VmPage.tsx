import { Spinner, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { OwnWindowLink } from '../console/OwnWindowLink';
import type { Action } from '../core/actions/action';
import { ActionButton } from '../core/actions/ActionButton';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Vm } from '../core/api/types';
import { isGone } from '../core/layout/gone';
import { lazyPart } from '../core/layout/lazyPart';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { StateLabel } from '../core/layout/StateLabel';
import { useItem } from '../core/live/collection';
import { TaskHistory } from '../tasks/TaskHistory';
import { TemplateBanner } from '../templates/TemplateBanner';
import { vmActions } from './actions';
import { deployVm } from './actions/deploy';
import { startVm } from './actions/start';
import { shutDownVm } from './actions/shutdown';
import { DriftLabel } from './drift/DriftLabel';
import { isOn } from './isOn';
import { MigrationBanner } from './migrate/MigrationBanner';
import { vmPath, vms } from './vms';
import { vmState } from './vmState';
import { VM_TASK_KINDS } from './vmTaskKinds';
import { VmSummary } from './VmSummary';

const VncConsole = lazyPart(() => import('../console/VncConsole'));
const SerialConsole = lazyPart(() => import('../console/SerialConsole'));

const DefinitionPart = lazyPart(() => import('./definition/DefinitionPart'));
const VmEventsPart = lazyPart(() => import('./events/VmEventsPart'));
const VmSnapshotsPart = lazyPart(() => import('./snapshots/VmSnapshotsPart'));
const MonitoringPart = lazyPart(() => import('../monitoring/MonitoringPart'));

const TABS = {
  summary: 'Summary',
  monitoring: 'Monitoring',
  console: 'Console',
  serial: 'Serial',
  snapshots: 'Snapshots',
  events: 'Events',
  tasks: 'Tasks',
  xml: 'XML',
} as const;
type TabKey = keyof typeof TABS;

/** Those that scroll by themselves, and are as high as the page. */
const FILLING: ReadonlySet<TabKey> = new Set(['console', 'serial', 'xml']);

const VM_IDLE = 'The VM is not running, so nothing of it is measured now.';

const PARENT = { label: 'Virtual machines', to: '/vms' };

function Content({ vm, tab }: { vm: Vm; tab: TabKey }) {
  switch (tab) {
    case 'summary':
      return <VmSummary vm={vm} />;
    case 'monitoring':
      return <MonitoringPart key={vm.id} of="vms" id={vm.id} {...(isOn(vm) ? {} : { idle: VM_IDLE })} />;
    case 'console':
      return (
        <VncConsole key={vm.id} vm={vm} isOn={isOn(vm)}>
          <OwnWindowLink vmId={vm.id} kind="VNC" />
        </VncConsole>
      );
    case 'serial':
      return (
        <SerialConsole key={vm.id} vm={vm} isOn={isOn(vm)}>
          <OwnWindowLink vmId={vm.id} kind="SERIAL" />
        </SerialConsole>
      );
    case 'snapshots':
      return <VmSnapshotsPart key={vm.id} vm={vm} />;
    case 'events':
      return <VmEventsPart key={vm.id} vmId={vm.id} name={vm.name} mark={`${vm.changedAt} ${vm.version}`} />;
    case 'tasks':
      return <TaskHistory key={vm.id} targetId={vm.id} kinds={VM_TASK_KINDS} />;
    case 'xml':
      return <DefinitionPart key={vm.id} vm={vm} />;
  }
}

/** What is done with it most. */
function firstAction(vm: Vm): Action<Vm> {
  if (vm.template) return deployVm;
  return startVm.availability(vm).available ? startVm : shutDownVm;
}

function VmView({ vm, tab }: { vm: Vm; tab: TabKey }) {
  const navigate = useNavigate();
  const first = firstAction(vm);
  return (
    <Page
      title={vm.name}
      parent={PARENT}
      fill={FILLING.has(tab)}
      beside={
        <>
          <StateLabel {...vmState(vm)} title={vm.stateReason} />
          <DriftLabel vm={vm} />
        </>
      }
      actions={
        <div className="lqx-actions">
          <ActionButton target={vm} action={first} />
          <ActionsMenu target={vm} name={vm.name} actions={vmActions} text="Actions" />
        </div>
      }
    >
      <TemplateBanner vm={vm} />
      <MigrationBanner vm={vm} />
      <Tabs
        id="vm-views"
        aria-label="Views of the VM"
        activeKey={tab}
        onSelect={(_event, key) => void navigate(`${vmPath(vm.id)}/${key}`, { replace: true })}
        className="lqx-gap-below"
      >
        {Object.entries(TABS).map(([key, label]) => (
          <Tab key={key} eventKey={key} tabContentId="vm-view" title={<TabTitleText>{label}</TabTitleText>} />
        ))}
      </Tabs>
      <div id="vm-view" role="tabpanel" aria-labelledby={`pf-tab-${tab}-vm-views`} className="lqx-tab-panel">
        <Suspense fallback={<Spinner aria-label="Loading this view" />}>
          <Content vm={vm} tab={tab} />
        </Suspense>
      </div>
    </Page>
  );
}

export function VmPage() {
  const { vmId = '', tab = 'summary' } = useParams();
  const query = useItem(vms, vmId);
  if (isGone(query.error)) {
    return (
      <Page title="Virtual machine" parent={PARENT}>
        <NothingYet title="There is no such virtual machine" body="It may have been deleted." />
        {tab === 'events' && (
          <Suspense fallback={<Spinner aria-label="Loading this view" />}>
            <VmEventsPart key={vmId} vmId={vmId} />
          </Suspense>
        )}
      </Page>
    );
  }
  if (query.data) return <VmView vm={query.data} tab={tab in TABS ? (tab as TabKey) : 'summary'} />;
  return (
    <Page title="Virtual machine" parent={PARENT}>
      <QueryState query={query} what="virtual machine">
        {() => null}
      </QueryState>
    </Page>
  );
}
