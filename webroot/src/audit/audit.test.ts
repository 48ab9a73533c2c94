import { describe, expect, it } from 'vitest';
import { auditAction, auditDetails, auditOutcome, auditTargetPath } from './audit';

const entry = (outcome: number, operation: string) => ({ outcome, details: { operation } });

describe('the audit log', () => {
  it('says in words what was done', () => {
    expect(auditAction({ action: 'POST /api/v1/vms', details: { operation: 'createVm' } })).toBe('Create VM');
    expect(auditAction({ action: 'POST /api/v1/session', details: {} })).toBe('POST /api/v1/session');
  });

  it.each([
    [202, 'createVm', 'Accepted', 'success'],
    [201, 'logIn', 'Done', 'success'],
    [401, 'logIn', 'Wrong log-in', 'warning'],
    [401, 'createVm', 'Not logged in', 'warning'],
    [403, 'createVm', 'Not allowed', 'warning'],
    [422, 'createVm', 'Refused', 'warning'],
    [503, 'createVm', 'Failed', 'danger'],
  ])('%d of %s is "%s"', (status, operation, text, tone) =>
    expect(auditOutcome(entry(status, operation))).toEqual({ text, tone }),
  );

  it('leads to what was changed', () => {
    expect(auditTargetPath({ action: 'POST /api/v1/vms/{vmId}/start', targetId: '7' })).toBe('/vms/7');
    expect(auditTargetPath({ action: 'POST /api/v1/session' })).toBeUndefined();
  });

  it('keeps internal numbers to itself', () =>
    expect(
      auditDetails({
        details: { operation: 'createPool', operationId: '1', name: 'a', driver: 'local', path: '/srv' },
      }),
    ).toBe('driver: local, path: /srv'));
});
