// Lists of things, searched, filtered and in pages.
import { pageOfVms } from './vmList.mjs';

const ACTIVE = ['QUEUED', 'RUNNING', 'UNDOING'];

export function list(plural, all, query) {
  const search = query.get('search')?.toLowerCase();
  const active = query.get('active');
  const folder = query.get('folder');
  const [labelKey, labelValue] = query.get('label')?.split('=') ?? [];
  const found = all.filter(
    (item) =>
      (!folder || `${item.folder ?? ''}/`.startsWith(`${folder}/`)) &&
      (!labelKey || (labelValue === undefined ? labelKey in item.labels : item.labels[labelKey] === labelValue)) &&
      (!search || item.name.toLowerCase().includes(search)) &&
      (!query.has('kinds') || query.get('kinds').split(',').includes(item.kind)) &&
      (!active || ACTIVE.includes(item.state) === (active === 'true')) &&
      ['targetId', 'poolId', 'vmId'].every(
        (field) => plural === 'vms' || !query.has(field) || item[field] === query.get(field),
      ),
  );
  if (['hosts', 'pools'].includes(plural)) return { items: found };
  if (plural === 'vms') return pageOfVms(found, query);
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 100);
  const items = found.slice(from, to);
  return {
    items: plural === 'tasks' ? items.map((item) => ({ ...item, log: [] })) : items,
    ...(to < found.length ? { nextCursor: String(to) } : {}),
  };
}
