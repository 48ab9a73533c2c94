import { Button, Flex, FlexItem } from '@patternfly/react-core';
import { formatCount } from '../format/count';

interface Props {
  /** Which list it turns the pages of, for the accessible name. */
  label: string;
  page: number;
  /** How many there are, where that is known. */
  of?: number | undefined;
  hasNext: boolean;
  onBack: () => void;
  onNext: () => void;
}

/** Turns the pages of a list; absent where everything is on one. */
export function Pager({ label, page, of, hasNext, onBack, onNext }: Props) {
  if (page === 1 && !hasNext) return null;
  return (
    <Flex
      component="nav"
      aria-label={`Pages of ${label}`}
      className="lqx-pager"
      gap={{ default: 'gapSm' }}
      justifyContent={{ default: 'justifyContentFlexEnd' }}
      alignItems={{ default: 'alignItemsCenter' }}
    >
      <FlexItem className="lqx-subtle">
        <span role="status">
          Page {page}
          {of === undefined ? '' : ` of ${formatCount(Math.max(page, of))}`}
        </span>
      </FlexItem>
      <Button variant="secondary" isDisabled={page === 1} onClick={onBack}>
        Previous
      </Button>
      <Button variant="secondary" isDisabled={!hasNext} onClick={onNext}>
        Next
      </Button>
    </Flex>
  );
}
