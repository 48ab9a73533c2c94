import { Label, Spinner } from '@patternfly/react-core';
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InfoCircleIcon,
  PowerOffIcon,
} from '@patternfly/react-icons';

export type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral';

const ICONS = {
  success: <CheckCircleIcon />,
  info: <InfoCircleIcon />,
  warning: <ExclamationTriangleIcon />,
  danger: <ExclamationCircleIcon />,
  neutral: <PowerOffIcon />,
};

interface Props {
  text: string;
  tone: Tone;
  busy?: boolean | undefined;
  title?: string | undefined;
  /** Icon and word without the frame, beside a number that has more weight. */
  plain?: boolean;
}

/** A state as a coloured label; the icon and the word say it without the colour. */
export function StateLabel({ text, tone, busy, title, plain }: Props) {
  const icon = busy ? <Spinner isInline aria-hidden /> : ICONS[tone];
  if (plain) {
    return (
      <span className={`lqx-state lqx-state-${tone}`} title={title}>
        {icon} {text}
      </span>
    );
  }
  return (
    <Label isCompact variant="outline" icon={icon} title={title} {...(tone === 'neutral' ? {} : { status: tone })}>
      {text}
    </Label>
  );
}
