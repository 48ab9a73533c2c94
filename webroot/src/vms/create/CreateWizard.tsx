import { Alert, Form } from '@patternfly/react-core';
import type { KeyboardEvent, SyntheticEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useLeaveGuard } from '../../core/form/useLeaveGuard';
import type { Image } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { images, isOffered } from '../../images/images';
import { vmPath } from '../vms';
import { AccessSection } from './AccessSection';
import { DiskSection } from './DiskSection';
import type { Draft } from './draft';
import { HardwareSection } from './HardwareSection';
import { NetworkSection } from './NetworkSection';
import { PlaceSection } from './PlaceSection';
import { ReviewStep } from './ReviewStep';
import { StartSection } from './StartSection';
import { Step } from './Step';
import { StepButtons } from './StepButtons';
import { StepList } from './StepList';
import { firstWrong, isWrong, neighbour, stateOf } from './steps';
import { useCreateVm } from './useCreateVm';
import { useDraft } from './useDraft';
import { useSteps } from './useSteps';
import { shownErrors, validate } from './validate';

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

/** A search has nothing to send. */
const SEARCH = '.pf-v6-c-text-input-group__text-input';

/** What comes out of a dialog that lies over the form is none of the form's. */
const isOwn = (event: SyntheticEvent<HTMLElement>): boolean => event.currentTarget.contains(event.target as Node);

/** Asks for a VM in steps, of which one can go to any at any time; nothing that was typed is lost on the way. */
export function CreateWizard() {
  const [parameters] = useSearchParams();
  const named = parameters.get('image');
  const navigate = useNavigate();
  const offered = (useList(images).data ?? []).filter((image) => isOffered(image, named));
  const hostList = useList(hosts).data ?? [];
  const { draft, image, isTyped, edit: change, choose } = useDraft(offered, named);
  const { current, seen, go, seeAll } = useSteps();
  const { busy, failure, refused, edited, submit } = useCreateVm();
  const { question, letGo } = useLeaveGuard(isTyped, 'The VM');
  const own = validate(draft, image);
  const errors = shownErrors(own, refused, seen);

  const edit = (part: Partial<Draft>): void => {
    change(part);
    edited(Object.keys(part).flatMap((field) => (WHOLE.has(field) ? Object.keys(errors) : [field])));
  };
  const onImage = (chosen: Image): void => {
    choose(chosen);
    edited(['imageId', 'diskGib', 'user']);
  };
  const create = async (): Promise<void> => {
    const outcome = await submit(draft);
    if ('accepted' in outcome) {
      letGo();
      await navigate(vmPath(outcome.accepted.targetId));
      return;
    }
    const wrong = firstWrong(outcome.refused);
    if (wrong) go(wrong, 'error');
  };
  const goOn = (): void => {
    const wrong = current === 'review' ? firstWrong(own) : isWrong(current, own) ? current : undefined;
    if (current === 'review') seeAll();
    if (wrong) go(wrong, 'error');
    else if (current === 'review') void create();
    else go(neighbour(current, 1));
  };
  const onSubmit = (event: SyntheticEvent<HTMLElement>): void => {
    event.preventDefault();
    if (isOwn(event) && !busy) goOn();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (!isOwn(event) || event.defaultPrevented || event.repeat) return;
    const target = event.target as Element;
    if (event.key === 'Escape') void navigate('/vms');
    if (event.key === 'Enter' && target.matches(SEARCH)) event.preventDefault();
    // From the heading, where each step begins; fields send the form by themselves.
    if (event.key === 'Enter' && target.matches('h2') && !busy) goOn();
  };
  const begins = draft.firstDisk === 'image' ? image : undefined;
  const section = { draft, errors, edit };
  return (
    <Form onSubmit={onSubmit} onKeyDown={onKeyDown} aria-label="Create VM" noValidate className="lqx-wizard">
      <StepList current={current} stateOf={(step) => stateOf(step, errors, own, seen)} onGo={(step) => go(step)} />
      <div className="lqx-wizard-main">
        <Step id="place" current={current}>
          <PlaceSection {...section} />
        </Step>
        <Step id="disks" current={current}>
          <DiskSection {...section} image={begins} images={offered} onImage={onImage} />
        </Step>
        <Step id="hardware" current={current}>
          <HardwareSection {...section} image={begins} hosts={hostList} />
        </Step>
        <Step id="networks" current={current}>
          <NetworkSection {...section} appliance={begins?.appliance} />
        </Step>
        <Step id="access" current={current}>
          <AccessSection {...section} />
        </Step>
        <Step id="start" current={current}>
          <StartSection {...section} />
        </Step>
        <Step id="review" current={current}>
          {current === 'review' && <ReviewStep draft={draft} errors={errors} onGo={go} />}
        </Step>
        {failure && (
          <Alert component="p" variant="danger" isInline isLiveRegion title="The VM was not created">
            {failure}
          </Alert>
        )}
        <StepButtons current={current} busy={busy} onGo={(step) => go(step)} />
      </div>
      {question}
    </Form>
  );
}
