import { Flex, FlexItem, Progress } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import type { Image } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { usePartsOf } from '../../images/upload/usePartsOf';
import { forgetUnfinished, goOn } from './actions';

/** An upload that ended with its tab: how much of it came, and what can be done about that. */
export function UnfinishedRow({ image }: { image: Image }) {
  const parts = usePartsOf(image.id).data;
  const text = parts
    ? `It broke off at ${formatBytes(parts.cameBytes)} of ${formatBytes(parts.lengthBytes)}.`
    : 'It broke off.';
  return (
    <Flex
      alignItems={{ default: 'alignItemsCenter' }}
      flexWrap={{ default: 'nowrap' }}
      role="group"
      aria-label={`The unfinished upload of ${image.name}`}
    >
      <FlexItem grow={{ default: 'grow' }} className="lqx-shrink">
        <Progress
          title={image.name}
          isTitleTruncated
          aria-label={`Unfinished upload of ${image.name}`}
          size="sm"
          value={parts ? Math.floor((parts.cameBytes / parts.lengthBytes) * 100) : 0}
          variant="warning"
          helperText={<span className="lqx-break">{text}</span>}
        />
      </FlexItem>
      <FlexItem className="lqx-transfer-actions">
        <ActionButton target={image} action={goOn} variant="link" />
        <ActionButton target={image} action={forgetUnfinished} variant="link" />
      </FlexItem>
    </Flex>
  );
}
