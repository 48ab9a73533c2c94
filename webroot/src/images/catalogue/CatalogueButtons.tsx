import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { messageOf } from '../../core/api/problem';
import { useToast } from '../../core/notify/toasts';
import { useSourceChanges, useSources } from './catalogue';
import { SourcesModal } from './SourcesModal';

/** What can be done to the catalogue as a whole. */
export function CatalogueButtons() {
  const { refresh } = useSourceChanges();
  const reading = useSources().data?.some((source) => source.reading) ?? false;
  const [asking, setAsking] = useState(false);
  const [managing, setManaging] = useState(false);
  const toast = useToast();
  const ask = async (): Promise<void> => {
    setAsking(true);
    try {
      await refresh();
    } catch (error) {
      toast({ variant: 'danger', title: 'The catalogues are not read again', body: messageOf(error) });
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className="lqx-actions">
      <Button variant="secondary" onClick={() => setManaging(true)}>
        Manage catalogues
      </Button>
      <Button
        variant="secondary"
        isLoading={reading || asking}
        isDisabled={reading || asking}
        onClick={() => void ask()}
      >
        Refresh
      </Button>
      {managing && <SourcesModal onClose={() => setManaging(false)} />}
    </div>
  );
}
