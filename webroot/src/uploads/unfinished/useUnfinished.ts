import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Image } from '../../core/api/types';
import { heldLocks } from '../../core/locks';
import { useList } from '../../core/live/collection';
import { dropNote, readNotes, type FileNote } from '../../core/upload/notes';
import { lockOf, type Transfer } from '../../core/upload/transfers';
import { contentPath, images } from '../../images/images';
import { useSession } from '../../session/session';

const LOOK_MS = 1000;

/** What was sent from a tab that is gone. */
async function abandoned(userId: string): Promise<readonly FileNote[]> {
  const held = await heldLocks();
  return readNotes(userId).filter(({ path }) => !held.has(lockOf(path)));
}

/** The images whose file the user sent with this browser, not to its end, and which no tab sends now. */
export function useUnfinished(all: readonly Transfer[]): readonly Image[] {
  const { userId } = useSession().session;
  const notes = useQuery({
    queryKey: ['unfinished-uploads', userId],
    queryFn: () => abandoned(userId),
    refetchInterval: LOOK_MS,
    staleTime: 0,
  }).data;
  const known = useList(images).data;
  useEffect(() => {
    if (!notes || !known) return;
    const open = new Set(known.filter(({ state }) => state === 'DRAFT').map(contentPath));
    for (const { path } of notes) if (!open.has(path)) dropNote(userId, path);
  }, [notes, known, userId]);
  if (!notes || !known) return [];
  const paths = new Set(notes.map(({ path }) => path));
  for (const { path } of all) paths.delete(path);
  return known.filter((image) => image.state === 'DRAFT' && paths.has(contentPath(image)));
}
