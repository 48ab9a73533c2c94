const counts = new Intl.NumberFormat('en');

/** As in "10,000". */
export const formatCount = (count: number): string => counts.format(count);
