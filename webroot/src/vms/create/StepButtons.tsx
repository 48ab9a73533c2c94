import { Button } from '@patternfly/react-core';
import { useNavigate } from 'react-router';
import { neighbour, type StepId } from './steps';

interface Props {
  current: StepId;
  busy: boolean;
  onGo: (step: StepId) => void;
}

/** The way on and back. Enter does what the first button that sends the form does. */
export function StepButtons({ current, busy, onGo }: Props) {
  const navigate = useNavigate();
  const back = neighbour(current, -1);
  const isLast = current === 'review';
  return (
    <div className="lqx-actions lqx-step-buttons">
      {back !== current && (
        <Button variant="secondary" onClick={() => onGo(back)}>
          Back
        </Button>
      )}
      <Button type="submit" isLoading={busy} isDisabled={busy}>
        {isLast ? 'Create VM' : 'Next'}
      </Button>
      {!isLast && (
        <Button variant="secondary" onClick={() => onGo('review')}>
          Review and create
        </Button>
      )}
      <Button variant="link" onClick={() => void navigate('/vms')}>
        Cancel
      </Button>
    </div>
  );
}
