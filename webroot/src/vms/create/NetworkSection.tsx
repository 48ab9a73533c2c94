import { Button, FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import { listHint } from '../../core/form/listHint';
import type { Appliance } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { networks } from '../../networks/networks';
import { networkChoices } from '../../networks/networkState';
import { MOST_CARDS, PLAIN_CARD, type Card } from './cards';
import { CardFields } from './CardFields';
import { withoutDevice } from './devices';
import { isSetUp } from './draft';
import type { SectionProps } from './section';

interface Props extends SectionProps {
  appliance: Appliance | undefined;
}

/** The network cards, each with its addresses where cloud-init gives them. */
export function NetworkSection({ draft, errors, edit, appliance }: Props) {
  const { cards, hardware } = draft;
  const query = useList(networks);
  const known = networkChoices(query.data ?? [], draft.hostId === '' ? undefined : draft.hostId);
  const hasAddresses = isSetUp(draft) && draft.setUp.by === 'cloudInit';
  const put = (at: number, card: Card): void => edit({ cards: cards.with(at, card) });
  const remove = (at: number): void =>
    edit({
      cards: cards.toSpliced(at, 1),
      hardware: { ...hardware, bootOrder: withoutDevice(hardware.bootOrder, 'nic', at) },
    });
  const fields = (card: Card, i: number) => {
    const makers = appliance?.nics[i]?.network;
    return (
      <CardFields
        number={i}
        card={card}
        isOne={cards.length === 1}
        networks={known}
        hint={listHint(query, 'networks', makers && `Its makers call it ${makers}.`)}
        hasAddresses={hasAddresses}
        errors={errors}
        onChange={(changed) => put(i, changed)}
      />
    );
  };
  const [only] = cards;
  return (
    <>
      {cards.length === 1 && only
        ? fields(only, 0)
        : cards.map((card, i) => (
            <FormFieldGroup
              key={i}
              header={
                <FormFieldGroupHeader
                  titleText={{ text: `Network card ${i + 1}`, id: `vm-nic-${i}-title` }}
                  actions={
                    <Button
                      variant="plain"
                      icon={<TrashIcon />}
                      aria-label={`Remove network card ${i + 1}`}
                      onClick={() => remove(i)}
                    />
                  }
                />
              }
            >
              {fields(card, i)}
            </FormFieldGroup>
          ))}
      {cards.length < MOST_CARDS && (
        <div>
          <Button
            variant="link"
            isInline
            icon={<PlusCircleIcon />}
            onClick={() => edit({ cards: [...cards, { ...PLAIN_CARD, model: cards[0]?.model ?? 'virtio' }] })}
          >
            Add a network card
          </Button>
        </div>
      )}
    </>
  );
}
