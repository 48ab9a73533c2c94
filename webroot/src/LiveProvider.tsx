import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { Task } from './core/api/types';
import { followChanges, type StreamState } from './core/live/stream';
import { useToast, type Toast } from './core/notify/toasts';
import { checkSession, useSession } from './session/session';
import { Endings } from './tasks/endings';
import { taskTitle } from './tasks/tasks';

const StreamStateContext = createContext<StreamState>('connecting');

export function useStreamState(): StreamState {
  return use(StreamStateContext);
}

function endingToast(task: Task): Toast {
  const title = `${taskTitle(task.kind)}: ${task.targetName}`;
  if (task.state === 'SUCCEEDED') return { variant: 'success', title, body: 'Done.' };
  if (task.state === 'CANCELLED') return { variant: 'warning', title, body: 'Cancelled.' };
  return { variant: 'danger', title, body: task.failure?.message ?? 'Failed.' };
}

/** Keeps the cache in step with the server and tells of the user's tasks that end. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const toast = useToast();
  const { userId, userName } = useSession().session;
  const [state, setState] = useState<StreamState>('connecting');

  useEffect(() => {
    const endings = new Endings();
    return followChanges(queries, {
      onState: setState,
      onTask: (task) => {
        if (endings.isNews(task, [userId, userName])) toast(endingToast(task));
      },
      onRefused: checkSession,
    });
  }, [queries, toast, userId, userName]);

  return <StreamStateContext value={state}>{children}</StreamStateContext>;
}
