/** The kinds of things, by their names in paths. */
export const KINDS = {
  vms: 'vm',
  hosts: 'host',
  pools: 'pool',
  volumes: 'volume',
  images: 'image',
  tasks: 'task',
  audit: 'audit',
  networks: 'network',
  'customization-specs': 'customizationSpec',
};
