/** What administrators type to stop, freeze and allow changes, and what everybody may ask about it. */
import type { Event } from './event.ts';
import { type Form, matchForm, type TypedCommand } from './typed.ts';

const reason = String.raw`\s*[!.]*(?:(?:\s*[:,]\s*(?:because\s+)?|\s+because\s+)(?<reason>\S[\s\S]*))?\s*:?\s*$`;

export const controlForms: readonly Form[] = [
  {
    pattern: new RegExp(
      String.raw`^(?:(?:stop|halt) (?:(?:all|any|every)(?: the)? )?changes?|emergency stop|pull the (?:stop switch|emergency (?:stop|brake)))${reason}`,
      'i',
    ),
    verb: 'stop-changes',
    shown: 'stop all changes: why',
    meaning: 'nothing new is written to Azure by anybody',
  },
  {
    pattern: new RegExp(
      String.raw`^(?:(?:allow|resume|permit) (?:all )?(?:the )?changes?(?: again)?|(?:lift|release) the stop(?: switch)?)${reason}`,
      'i',
    ),
    verb: 'allow-changes',
    shown: 'allow changes again: why',
    meaning: 'release the stop switch',
  },
  {
    pattern: /^freeze\s+(?<value>\S[\s\S]*)$/i,
    verb: 'freeze-changes',
    input: 'freeze',
    shown: 'freeze mendix-prod until friday 18:00: why',
    meaning: 'plans wait; also “all”, “for 2 hours”, “until 2026-12-01 08:00”, “… with second approval: why”',
  },
  {
    pattern: new RegExp(
      String.raw`^(?:(?:lift|end) (?<all>all )?(?:the )?freezes?(?: (?:of|on|for) (?<who>[^:]{1,500}?))?|unfreeze (?<names>[^:]{1,500}?))${reason}`,
      'i',
    ),
    verb: 'lift-freeze',
    shown: 'lift the freeze of mendix-prod: why',
    meaning: 'plans go on',
  },
  {
    pattern:
      /^(?:(?:stop|changes|freezes?|(?:the )?stop switch)\s*\?+|status of (?:all )?changes[\s.?!]*|(?:list|show) (?:the )?freezes[\s.?!]*|are (?:all )?changes (?:stopped|allowed|frozen)[\s?]*)$/i,
    verb: 'control-status',
    shown: 'status of changes',
    meaning: 'whether changes are stopped or frozen, by whom and why; “stop?” for short',
  },
];

/** Everybody may ask; only some may order. */
export function controlHelp(mayControl: boolean): readonly Pick<Form, 'shown' | 'meaning'>[] {
  return mayControl ? controlForms : controlForms.filter(({ verb }) => verb === 'control-status');
}

/** Buttons of the control card. */
const controlVerbs: ReadonlySet<string> = new Set(['stop-changes', 'allow-changes', 'lift-freeze']);

/** Spaces are joined first: the forms would read a long run of them in more ways than there is time for. */
export function readControl(text: string): TypedCommand | null {
  return matchForm(text.replaceAll(/\s+/g, ' '), controlForms);
}

export function isControlClick(event: Event): boolean {
  return event.type === 'clicked' && controlVerbs.has(event.verb);
}

/** True when the flow needs to know what is stopped and frozen to take this event. */
export function isAboutControl(event: Event): boolean {
  return isControlClick(event) || (event.type === 'said' && readControl(event.text) !== null);
}
