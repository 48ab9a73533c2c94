import { describe, expect, it } from 'vitest';
import type { Task } from '../../core/api/types';
import { transfersOf } from './transfersOf';

const task = (id: string, kind: string, state: Task['state'], createdAt: string) =>
  ({ id, kind, state, createdAt }) as Task;

describe('transfers of images', () => {
  it('are what moves their bytes, first what is under way', () => {
    const all = [
      task('1', 'image.download', 'SUCCEEDED', '2026-01-03'),
      task('2', 'vm.create', 'RUNNING', '2026-01-02'),
      task('3', 'image.bring', 'RUNNING', '2026-01-01'),
      task('4', 'image.import', 'FAILED', '2026-01-04'),
    ];
    expect(transfersOf(all).map(({ id }) => id)).toEqual(['3', '4', '1']);
  });
});
