// Charts as they are seen when something is missing.
import { id } from './mock/data.mjs';

const toEnd = (page) => page.getByRole('region', { name: 'Network packets' }).scrollIntoViewIfNeeded();

export const MONITORING = {
  'monitoring-vm': {
    path: `/vms/${id('vm hello')}/monitoring`,
    prepare: (page) => page.locator('.lqx-chart canvas').first().waitFor(),
  },
  'monitoring-vm-end': { path: `/vms/${id('vm hello')}/monitoring`, prepare: toEnd },
  'monitoring-vm-off': { path: `/vms/${id('vm web-2')}/monitoring` },
  'monitoring-vm-nothing': { path: `/vms/${id('vm web-2')}/monitoring`, control: { nothingMeasured: true } },
  'monitoring-host': {
    path: `/hosts/${id('host kvm1')}`,
    control: { notMeasuredNow: 'libvirt cannot be used now: The connection to libvirt was lost.' },
    prepare: (page) => page.getByRole('region', { name: 'Load average' }).scrollIntoViewIfNeeded(),
  },
  'monitoring-month': {
    path: `/vms/${id('vm hello')}/monitoring`,
    prepare: (page) => page.getByRole('button', { name: '30 d', exact: true }).click(),
  },
};
