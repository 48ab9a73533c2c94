import { ModalHeader, Wizard, WizardStep } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Dialog } from '../../../core/layout/Dialog';
import { QueryState } from '../../../core/layout/QueryState';
import { useList } from '../../../core/live/collection';
import { hosts } from '../../../hosts/hosts';
import { poolCreation } from '../../creations';
import { driversQuery } from '../drivers';
import { HostsStep } from './HostsStep';
import { EMPTY_DRAFT, isComplete, missing, settingErrors, settingsOf, type PoolDraft } from './poolDraft';
import { SettingsStep } from './SettingsStep';
import { TypeStep } from './TypeStep';
import { usePoolTest } from './usePoolTest';

/** Asks for a pool in three steps; nothing that was typed is lost by going back or by a refusal. */
export function CreatePoolWizard({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<PoolDraft>(EMPTY_DRAFT);
  const [creation] = useState(poolCreation);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const titleId = useId();
  const driverQuery = useQuery(driversQuery);
  const hostList = useList(hosts).data ?? [];
  const driver = driverQuery.data?.find(({ name }) => name === draft.driver);
  const test = usePoolTest(draft, driver);
  const errors = settingErrors(failure ?? test.failure, test.trials);
  const change = (part: Partial<PoolDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    setFailure(undefined);
  };

  const create = async (): Promise<void> => {
    if (!driver || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { name, hostIds } = draft;
      await creation.make({ name, driver: driver.name, ...settingsOf(driver, draft.values), hostIds: [...hostIds] });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const named = driver !== undefined && isComplete(draft, { ...driver, settings: [] });
  const told = named && missing(driver, draft.values).length === 0;
  const hasErrors = driver?.settings.some(({ name }) => errors[name] !== undefined) ?? false;
  return (
    <Dialog variant="large" aria-labelledby={titleId} onClose={onClose}>
      <ModalHeader title="Create pool" labelId={titleId} />
      <QueryState query={driverQuery} what="types of storage">
        {(drivers) => (
          <Wizard height="34rem" navAriaLabel="Steps of the new pool" onClose={onClose} onSave={() => void create()}>
            <WizardStep
              name="Name and type"
              id="pool-step-type"
              {...(errors['name'] ? { status: 'error' as const } : {})}
              footer={{ isNextDisabled: !named }}
            >
              <TypeStep draft={draft} drivers={drivers} nameRefused={errors['name']} onChange={change} />
            </WizardStep>
            <WizardStep
              name="Settings"
              id="pool-step-settings"
              isDisabled={!named}
              {...(hasErrors ? { status: 'error' as const } : {})}
              footer={{ isNextDisabled: !told }}
            >
              {driver && <SettingsStep draft={draft} driver={driver} errors={errors} onChange={change} />}
            </WizardStep>
            <WizardStep
              name="Hosts and test"
              id="pool-step-hosts"
              isDisabled={!told}
              footer={{
                nextButtonText: 'Create pool',
                isNextDisabled: busy || !told,
                nextButtonProps: { isLoading: busy },
              }}
            >
              <HostsStep draft={draft} hosts={hostList} test={test} failure={failure} onChange={change} />
            </WizardStep>
          </Wizard>
        )}
      </QueryState>
    </Dialog>
  );
}
