import type { Action } from '../../../core/actions/action';
import type { Pool } from '../../../core/api/types';
import { assignHost } from './assignHost';
import { deletePool } from './deletePool';
import { editPool } from './editPool';
import { beginMaintenance, endMaintenance } from './maintenance';

export const poolActions: readonly Action<Pool>[] = [
  editPool,
  assignHost,
  beginMaintenance,
  endMaintenance,
  deletePool,
];
