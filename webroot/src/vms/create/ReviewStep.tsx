import { Alert, Button } from '@patternfly/react-core';
import { Facts } from '../../core/layout/Facts';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { images } from '../../images/images';
import { pools, volumes } from '../../storage/storage';
import { isSetUp, type Draft } from './draft';
import { somebodyCanLogIn } from './logIn';
import { reviewFacts, type ReviewFact } from './reviewFacts';
import { SeedPreview } from './SeedPreview';
import { FORM_STEPS, messagesIn, nameOf, type StepId } from './steps';
import type { Errors } from './validate';

interface Props {
  draft: Draft;
  /** What has to be put right first. */
  errors: Errors;
  onGo: (step: StepId, to: 'heading' | 'error') => void;
}

const shown = ({ term, lines }: ReviewFact) => ({
  term,
  value: lines.map((line, i) => <div key={i}>{line}</div>),
});

/** What is missing or wrong, each with the way to its field. */
function ToPutRight({ errors, onGo }: Omit<Props, 'draft'>) {
  const wrong = FORM_STEPS.flatMap((step) => messagesIn(step, errors).map((message) => ({ step, message })));
  if (wrong.length === 0) return null;
  return (
    <Alert component="p" variant="danger" isInline title="The VM cannot be created yet">
      <ul className="lqx-plain-list">
        {wrong.map(({ step, message }) => (
          <li key={message}>
            <Button variant="link" isInline onClick={() => onGo(step, 'error')}>
              {nameOf(step)}
            </Button>
            {`: ${message}`}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** All that was chosen, before anything is made. */
export function ReviewStep({ draft, errors, onGo }: Props) {
  const known = {
    images: useList(images).data ?? [],
    volumes: useList(volumes).data ?? [],
    pools: useList(pools).data ?? [],
    hosts: useList(hosts).data ?? [],
  };
  const all = reviewFacts(draft, known);
  return (
    <>
      <ToPutRight errors={errors} onGo={onGo} />
      {!somebodyCanLogIn(draft) && draft.nobodyLogsIn && (
        <Alert component="p" variant="warning" isInline title="Nobody can log in">
          There is neither a password nor an SSH key, as you confirmed.
        </Alert>
      )}
      <div className="lqx-review">
        {FORM_STEPS.map((step) => (
          <Facts
            key={step}
            title={nameOf(step)}
            headingLevel="h3"
            facts={all[step].map(shown)}
            actions={
              <Button
                variant="link"
                isInline
                aria-label={`Change ${nameOf(step)}`}
                onClick={() => onGo(step, 'heading')}
              >
                Change
              </Button>
            }
          />
        ))}
      </div>
      {isSetUp(draft) && <SeedPreview draft={draft} />}
    </>
  );
}
