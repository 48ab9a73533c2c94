import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { lookAtParts, type Parts } from './imageUpload';

/** How much of an image's file came before; null where nothing did. */
export function usePartsOf(imageId: string): UseQueryResult<Parts | null> {
  return useQuery({
    queryKey: ['image-parts', imageId],
    queryFn: async (): Promise<Parts | null> => {
      const parts = await lookAtParts(imageId);
      return parts && parts.cameBytes > 0 ? parts : null;
    },
    staleTime: 0,
    gcTime: 0,
  });
}
