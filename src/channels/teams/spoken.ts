/** What somebody said, as the house reads it: without the bot's own mention, and with others by their names. */
import type { Activity } from './schema.ts';
import { cleanText } from '../../cards/text.ts';

export function spokenText({ entities, recipient, text }: Activity): string {
  const bare = entities.reduce((words, { mentioned, text: mark }) => {
    const instead = mentioned.id === recipient.id ? '' : mentioned.name;
    return mark === '' ? words : words.replaceAll(mark, () => instead);
  }, text);
  return cleanText(bare.replaceAll('&nbsp;', ' ').replaceAll('\u00A0', ' ')).trim();
}

/** Somebody dropped a file and wrote nothing. */
export function isFileAlone(activity: Activity): boolean {
  const hasFile = activity.attachments.some((kind) =>
    /^(?:application\/vnd\.microsoft\.teams\.file|image\/)/.test(kind),
  );
  return hasFile && spokenText(activity) === '';
}
