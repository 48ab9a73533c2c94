/** A moment, in seconds since 1970, and what was seen then. */
export interface Point {
  at: number;
  values: readonly number[];
}

/** Columns as uPlot takes them: the moments, then one column for each value; nothing where nothing was seen. */
export type Columns = [number[], ...(number | null)[][]];

/** Points that are farther apart than this times the spacing have a gap between them. */
const APART = 1.5;

/** The points with a hole wherever one or more are missing, so that no line is drawn over what nobody saw. */
export function withGaps(points: readonly Point[], spacing: number, count: number): Columns {
  const times: number[] = [];
  const columns: (number | null)[][] = Array.from({ length: count }, () => []);
  let before: number | undefined;
  for (const { at, values } of points) {
    if (before !== undefined && at - before > spacing * APART) {
      times.push(before + spacing);
      for (const column of columns) column.push(null);
    }
    times.push(at);
    columns.forEach((column, i) => column.push(values[i] ?? null));
    before = at;
  }
  return [times, ...columns];
}
