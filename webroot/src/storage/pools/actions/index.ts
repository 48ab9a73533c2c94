import type { Action } from '../../../core/actions/action';
import type { Pool } from '../../../core/api/types';
import { assignHost } from './assignHost';
import { deletePool } from './deletePool';
import { beginMaintenance, endMaintenance } from './maintenance';

export const poolActions: readonly Action<Pool>[] = [assignHost, beginMaintenance, endMaintenance, deletePool];
