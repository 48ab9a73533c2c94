import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { api, unwrap } from '../../core/api/client';
import { SeedModal } from '../SeedModal';
import type { Draft } from './draft';
import { toRequest } from './request';

/** Shows what the guest would be told. Nothing is stored by asking. */
export function SeedPreview({ draft }: { draft: Draft }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        Preview what the guest is told
      </Button>
      {isOpen && (
        <SeedModal
          read={() => unwrap(api.POST('/vms/preview-seed', { body: toRequest(draft) }))}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
