import { id } from './mock/data.mjs';

/** Every page of the UI, with things that the mock has. */
export const PAGES = {
  dashboard: '/',
  vms: '/vms',
  create: '/vms/new',
  vm: `/vms/${id('vm hello')}`,
  'vm-monitoring': `/vms/${id('vm hello')}/monitoring`,
  'vm-console': `/vms/${id('vm hello')}/console`,
  'vm-serial': `/vms/${id('vm hello')}/serial`,
  'vm-tasks': `/vms/${id('vm build')}/tasks`,
  consoles: `/consoles?open=${['hello', 'web-2', 'web-1', 'build'].map((name) => `${id(`vm ${name}`)}.screen`).join(',')}`,
  'consoles-screen': `/consoles?open=${id('vm hello')}.screen,${id('vm hello')}.serial&front=${id('vm hello')}.screen`,
  'consoles-none': '/consoles',
  images: '/images',
  isos: '/images/isos',
  catalogue: '/images/catalogue',
  storage: '/storage',
  pool: `/storage/pools/${id('pool fast')}`,
  'pool-ceph': `/storage/pools/${id('pool rbd')}`,
  networks: '/networks',
  network: `/networks/${id('network lan')}`,
  hosts: '/hosts',
  host: `/hosts/${id('host kvm1')}`,
  tasks: '/tasks',
  audit: '/audit',
  missing: '/no-such-page',
};
