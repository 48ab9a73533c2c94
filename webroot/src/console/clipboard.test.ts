import { describe, expect, it } from 'vitest';
import { notShared } from './clipboard';

describe('whether a guest shares its clipboard', () => {
  it('is what it runs with, not what it is to have', () => {
    expect(notShared({ clipboard: true, pending: [] })).toBeUndefined();
    expect(notShared({ clipboard: false, pending: [] })).toMatch(/shares no clipboard/);
    const change = (now: string, then: string) => [{ field: 'clipboard', now, then }];
    expect(notShared({ clipboard: true, pending: change('false', 'true') })).toMatch(/next start/);
    expect(notShared({ clipboard: false, pending: change('true', 'false') })).toBeUndefined();
  });
});
