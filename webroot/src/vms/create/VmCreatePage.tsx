import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Page } from '../../core/layout/Page';
import { LinkButton } from '../../core/layout/LinkButton';
import { QueryState } from '../../core/layout/QueryState';
import type { Image } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { networks as networkCollection } from '../../networks/networks';
import { images, isOffered } from '../../images/images';
import { vmPath } from '../vms';
import { AccessSection } from './AccessSection';
import { BasicsSection } from './BasicsSection';
import { DiskSection } from './DiskSection';
import { EMPTY_DRAFT, isSetUp, withImage, type Draft } from './draft';
import { GuestSection } from './GuestSection';
import { HardwareSection } from './HardwareSection';
import { NetworkSection } from './NetworkSection';
import { SetUpSection } from './SetUpSection';
import { useCreateVm } from './useCreateVm';

/** Those of which a part may be what the server refused. */
const WHOLE = new Set([
  'sshKeys',
  'profileKeys',
  'setUp',
  'password',
  'tuning',
  'furtherDisks',
  'hardware',
  'firstDisk',
  'cards',
]);

/** Moves to the first field that is wrong, once it is marked. */
function focusFirstError(form: HTMLElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Begins with the image that the address names, or with the only one there is. */
function firstDraft(ready: readonly Image[], wanted: string | null): Draft {
  const image = ready.find((candidate) => candidate.id === wanted) ?? (ready.length === 1 ? ready[0] : undefined);
  return image ? withImage(EMPTY_DRAFT, image, undefined) : EMPTY_DRAFT;
}

function CreateForm({ ready }: { ready: readonly Image[] }) {
  const [parameters] = useSearchParams();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(ready, parameters.get('image')));
  const navigate = useNavigate();
  const hostList = useList(hosts).data ?? [];
  const networks = useList(networkCollection).data ?? [];
  const image = ready.find((candidate) => candidate.id === draft.imageId);
  const { busy, failure, errors, check, edited, submit } = useCreateVm(draft, image);

  const edit = (change: Partial<Draft>): void => {
    setDraft((now) => ({ ...now, ...change }));
    edited(Object.keys(change).flatMap((field) => (WHOLE.has(field) ? Object.keys(errors) : [field])));
  };
  const create = async (form: HTMLElement): Promise<void> => {
    const accepted = await submit(draft);
    if (accepted) await navigate(vmPath(accepted.targetId));
    else focusFirstError(form);
  };
  const onSubmit = (event: SyntheticEvent<HTMLElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (busy) return;
    if (!check(draft, image)) focusFirstError(form);
    else void create(form);
  };
  const onImage = (chosen: Image): void => {
    setDraft((now) => withImage(now, chosen, image));
    edited(['imageId', 'diskGib', 'user']);
  };
  const begins = draft.firstDisk === 'image' ? image : undefined;
  const section = { draft, errors, edit };
  return (
    <Form onSubmit={onSubmit} aria-label="Create VM" noValidate className="lqx-form">
      <BasicsSection {...section} images={ready} onImage={onImage} />
      <HardwareSection {...section} image={begins} hosts={hostList} />
      <DiskSection {...section} image={begins} images={ready} />
      <NetworkSection {...section} appliance={begins?.appliance} networks={networks} />
      {isSetUp(draft) && <AccessSection {...section} />}
      {isSetUp(draft) && <SetUpSection {...section} />}
      <GuestSection {...section} />
      {failure && (
        <Alert component="p" variant="danger" isInline isLiveRegion title="The VM was not created">
          {failure}
        </Alert>
      )}
      <ActionGroup>
        <Button type="submit" isLoading={busy} isDisabled={busy || (draft.firstDisk === 'image' && ready.length === 0)}>
          Create VM
        </Button>
        <LinkButton to="/vms" variant="link">
          Cancel
        </LinkButton>
      </ActionGroup>
    </Form>
  );
}

export function VmCreatePage() {
  const query = useList(images);
  const [parameters] = useSearchParams();
  const named = parameters.get('image');
  return (
    <Page title="Create VM" parent={{ label: 'Virtual machines', to: '/vms' }}>
      <QueryState query={query} what="images">
        {(all) => <CreateForm ready={all.filter((image) => isOffered(image, named))} />}
      </QueryState>
    </Page>
  );
}
