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
}

/** A state as a coloured label; the icon and the word say it without the colour. */
export function StateLabel({ text, tone, busy, title }: Props) {
  const icon = busy ? <Spinner isInline aria-hidden /> : ICONS[tone];
  return (
    <Label isCompact variant="outline" icon={icon} title={title} {...(tone === 'neutral' ? {} : { status: tone })}>
      {text}
    </Label>
  );
}
