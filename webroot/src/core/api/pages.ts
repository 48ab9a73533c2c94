interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** Reads a list to its end; the server hands it out page by page. */
export async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>, limit = 50): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < limit; page++) {
    const answer = await read(cursor);
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return items;
}

/** The query part of one page, leaving the cursor out where there is none. */
export function pageQuery(cursor: string | undefined, limit = 1000): { limit: number; cursor?: string } {
  return cursor === undefined ? { limit } : { limit, cursor };
}
