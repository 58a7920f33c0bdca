/** What the bot can do, and the words for it. */
import type { Person } from '../policy/people.ts';
import type { ShowMessage } from './effect.ts';
import type { Place } from './event.ts';
import { adminNames, type Context } from './flow.ts';
import { showCard } from './message.ts';
import { connectForms, supportForms } from './typed.ts';

export function helpCard(message: string, to: Place, person: Person | null, context: Context): ShowMessage {
  const known = person !== null && person.roles.length > 0;
  const start = [
    { command: 'connect mendix-prod to hub-vnet for app orders', meaning: 'connect a private network, step by step' },
    {
      command: 'prod is down since 8, recovery did nothing',
      meaning: 'describe a problem; I say who can help, and open the ticket',
    },
  ];
  const inThread = [...connectForms, ...supportForms].map((form) => ({ command: form.shown, meaning: form.meaning }));
  return showCard(
    message,
    to,
    'I connect private networks of Mendix on Azure and take problems to the right desk.',
    {
      name: 'help',
      data: {
        intro: known
          ? 'I connect private networks of Mendix on Azure, with approval and proof, and take problems to the right desk. Write one of these, or just say what you need. Everything on my cards can be typed in their thread, too.'
          : `I connect private networks of Mendix on Azure and take problems to the right desk. You have no role here yet: ask ${adminNames(context.directory)} to add you to the settings.`,
        commands: known ? [...start, ...inThread] : [],
      },
    },
    { verbs: known ? ['start-connect', 'start-support'] : [] },
  );
}
