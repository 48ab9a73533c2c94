import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import type { TemplateVersion, Vm } from '../core/api/types';
import { SelectField } from '../core/form/fields';
import { FormModal } from '../core/form/FormModal';
import { QueryState } from '../core/layout/QueryState';
import { itemOptions } from '../core/live/collection';
import { CloneForm } from '../vms/clone/CloneForm';
import { vms } from '../vms/vms';
import { useVersions, type TemplateOf } from './templates';
import { versionChoices } from './versions';

interface Props {
  family: string;
  /** Newest first. */
  versions: readonly Pick<TemplateVersion, 'version' | 'vmId' | 'note'>[];
  first: number;
  onClose: () => void;
}

function DeployForm({ family, versions, first, onClose }: Props) {
  const [version, choose] = useState(first);
  const vmId = versions.find((one) => one.version === version)?.vmId ?? '';
  // What was typed stays while another version is being read.
  const query = useQuery({ ...itemOptions(vms, vmId), placeholderData: keepPreviousData });
  if (!query.data) {
    const nothing = async (): Promise<void> => {};
    return (
      <FormModal
        title={`Deploy ${family}`}
        submitLabel="Deploy"
        ready={false}
        fields={[]}
        onSubmit={nothing}
        {...{ onClose }}
      >
        {() => (
          <QueryState query={query} what="template" compact>
            {() => null}
          </QueryState>
        )}
      </FormModal>
    );
  }
  const choice = (
    <SelectField
      id="deploy-version"
      label="Version"
      value={String(version)}
      choices={versionChoices(versions)}
      onChange={(text) => choose(Number(text))}
    />
  );
  const deployment = { family, version, choice, ready: query.data.id === vmId };
  return <CloneForm vm={query.data} snapshotId="" deployment={deployment} onClose={onClose} />;
}

export function DeployModal({ target: { family, versions, version }, onClose }: ActionDialogProps<TemplateOf>) {
  return <DeployForm family={family} versions={versions} first={version.version} onClose={onClose} />;
}

export function DeployVmModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const { family = '', version = 0, note = '' } = vm.template ?? {};
  const versions = useVersions(family) ?? [{ version, vmId: vm.id, note }];
  return <DeployForm family={family} versions={versions} first={version} onClose={onClose} />;
}
