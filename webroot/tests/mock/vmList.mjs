// Lists of VMs, as the server filters, sorts and pages them.
const stateOf = ({ phase, powerState }) =>
  phase !== 'READY' ? phase : powerState === 'STOPPING' ? 'RUNNING' : powerState;

const KEYS = {
  NAME: () => '',
  STATE: stateOf,
  VCPUS: ({ vcpus }) => vcpus,
  MEMORY: ({ memoryBytes }) => memoryBytes,
  HOST: ({ hostName }) => hostName ?? '',
  FOLDER: ({ folder }) => folder ?? '',
  SYSTEM: ({ guest }) => guest?.operatingSystem?.toLowerCase() ?? '',
  CREATED: ({ createdAt }) => createdAt,
};

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function matches(vm, query) {
  const system = query.get('system')?.toLowerCase();
  const among = { include: true, only: vm.template !== undefined }[query.get('templates')] ?? !vm.template;
  return (
    among &&
    (!query.has('state') || stateOf(vm) === query.get('state')) &&
    (!query.has('hostId') || vm.hostId === query.get('hostId')) &&
    (!query.has('poolId') || vm.disks.some(({ poolId }) => poolId === query.get('poolId'))) &&
    (!system || (vm.guest?.operatingSystem ?? '').toLowerCase().includes(system))
  );
}

/** A cursor is a number here: how many come before the page. */
export function pageOfVms(all, query) {
  const key = KEYS[query.get('sort') ?? 'NAME'];
  const sign = query.get('descending') === 'true' ? -1 : 1;
  const found = all
    .filter((vm) => matches(vm, query))
    .sort((a, b) => sign * (compare(key(a), key(b)) || compare(a.name.toLowerCase(), b.name.toLowerCase())));
  const limit = Number(query.get('limit') ?? 100);
  const from = Number(query.get('cursor') ?? 0);
  const to = from + limit;
  return {
    items: found.slice(from, to),
    ...(to < found.length ? { nextCursor: String(to) } : {}),
    ...(from > 0 ? { previousCursor: String(Math.max(0, from - limit)) } : {}),
    ...(query.get('count') === 'true' ? { total: found.length } : {}),
  };
}
