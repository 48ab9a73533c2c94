import { SORTS, STATES, type VmWish } from './wish';

/** What the address of the list says. */
export interface ListAddress {
  wish: VmWish;
  /** Where the page begins; absent on the first. */
  cursor?: string;
  page: number;
}

export function readAddress(params: URLSearchParams): ListAddress {
  const state = STATES.find(([value]) => value === params.get('state'))?.[0];
  const sort = SORTS.find((value) => value === params.get('sort'));
  const [hostId, poolId, cursor] = ['host', 'pool', 'from'].map((name) => params.get(name) ?? undefined);
  const page = Number(params.get('page') ?? 1);
  return {
    wish: {
      typed: params.get('find') ?? '',
      ...(state ? { state } : {}),
      ...(hostId ? { hostId } : {}),
      ...(poolId ? { poolId } : {}),
      ...(sort && sort !== 'NAME' ? { sort } : {}),
      ...(params.has('descending') ? { descending: true } : {}),
    },
    ...(cursor ? { cursor } : {}),
    page: cursor && Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** What is as by default is absent. */
export function writeAddress({ wish, cursor, page }: ListAddress): URLSearchParams {
  const said: [string, string | undefined][] = [
    ['find', wish.typed || undefined],
    ['state', wish.state],
    ['host', wish.hostId],
    ['pool', wish.poolId],
    ['sort', wish.sort === 'NAME' ? undefined : wish.sort],
    ['descending', wish.descending ? 'yes' : undefined],
    ['from', cursor],
    ['page', cursor === undefined ? undefined : String(page)],
  ];
  return new URLSearchParams(said.filter((one): one is [string, string] => one[1] !== undefined));
}
