import { ago } from './data.mjs';

let audits = 0;
export const audited = (seconds, method, path, operation, outcome, details = {}, more = {}) => ({
  at: ago(seconds),
  userName: 'admin',
  remoteAddress: '198.51.100.7',
  action: `${method} /api/v1${path}`,
  outcome,
  details: { operation, operationId: `0192e000-0000-7000-9000-${String(++audits).padStart(12, '0')}`, ...details },
  ...more,
});
