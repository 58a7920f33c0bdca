/** A form that is over and says why, in the place of its fields. What was written is shown, so that it is not lost. */
import { type AdaptiveCard, inputsIn, textOf } from '../../cards/adaptive-card.ts';
import { limits } from '../../cards/block-kit/limits.ts';
import { cutPlain, plainText } from '../../cards/block-kit/slack-text.ts';
import type { Inputs } from '../../flows/event.ts';

interface Notice {
  /** At most 24 characters. */
  title: string;
  words: string;
}

export function noticeView({ title, words }: Notice, written: readonly string[] = []): object {
  return {
    response_action: 'update',
    view: {
      type: 'modal',
      title: cutPlain(title, limits.modalTitle).text,
      close: plainText('Close'),
      blocks: [words, ...written].map((text) => ({
        type: 'section',
        text: cutPlain(text, limits.sectionText).text,
      })),
    },
  };
}

/** Only what somebody wrote in their own words: a choice is made again in a second. */
export function writtenIn(card: AdaptiveCard, inputs: Inputs): string[] {
  return inputsIn(card).flatMap((input) => {
    const wrote = input['type'] === 'Input.Text' ? (inputs[textOf(input, 'id')] ?? '').trim() : '';
    const isNew = wrote !== '' && wrote !== textOf(input, 'value').trim();
    return isNew ? [`You wrote (${textOf(input, 'label') || 'answer'}):\n${wrote}`] : [];
  });
}
