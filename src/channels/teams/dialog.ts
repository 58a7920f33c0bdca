/**
 * Dialogs of this app in Teams: a card that asks, or words. In a dialog only Action.Submit is read.
 * Source: "Create and send dialogs", "Respond to the dialog submit action".
 */
import { visibleText } from '../../cards/text.ts';
import { changeTexts } from './card-texts.ts';
import { escapeMarkdown, escapePlain } from './escape.ts';
import { cardType } from './message.ts';
import type { Answer } from './router.ts';

export interface Dialog {
  title: string;
  /** Read before the field. */
  lines: readonly string[];
  label: string;
  /** What stands in the field at first. */
  value: string;
  maxLength: number;
  button: string;
  /** Comes back beside what was written. */
  kept: Readonly<Record<string, string | number>>;
}

/** Name of the one field. */
export const dialogField = 'words';

export function dialogAnswer(dialog: Dialog): Answer {
  const card = changeTexts(
    {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        ...dialog.lines.map((text) => ({ type: 'TextBlock', text, wrap: true })),
        {
          type: 'Input.Text',
          id: dialogField,
          label: dialog.label,
          value: dialog.value,
          isMultiline: true,
          isRequired: true,
          maxLength: dialog.maxLength,
          errorMessage: 'Write something first.',
        },
      ],
      actions: [{ type: 'Action.Submit', title: dialog.button, style: 'positive', data: { ...dialog.kept } }],
    },
    (text, reading) => (reading === 'markdown' ? escapeMarkdown(text) : escapePlain(text)),
  );
  const value = {
    title: dialog.title,
    width: 'medium',
    height: 'medium',
    card: { contentType: cardType, content: card },
  };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

export function dialogWords(text: string): Answer {
  return { status: 200, body: { task: { type: 'message', value: visibleText(text) } } };
}
