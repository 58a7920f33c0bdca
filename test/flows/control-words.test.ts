import { describe, expect, it } from 'vitest';
import { readControl } from '../../src/flows/control-words.ts';

describe('the words', () => {
  it.each([
    ['stop all changes: the wrong network', 'stop-changes', 'the wrong network'],
    ['Stop all changes, because the wrong network', 'stop-changes', 'the wrong network'],
    ['halt changes because it burns', 'stop-changes', 'it burns'],
    ['emergency stop!', 'stop-changes', undefined],
    ['pull the emergency brake: it burns', 'stop-changes', 'it burns'],
    ['allow changes again: mended', 'allow-changes', 'mended'],
    ['resume all changes: mended', 'allow-changes', 'mended'],
    ['lift the stop switch', 'allow-changes', undefined],
    ['lift the freeze of mendix-prod: done', 'lift-freeze', 'done'],
    ['unfreeze mendix-prod because done', 'lift-freeze', 'done'],
    ['lift all freezes: done', 'lift-freeze', 'done'],
    ['lift the freeze', 'lift-freeze', undefined],
    ['stop?', 'control-status', undefined],
    ['status of changes', 'control-status', undefined],
    ['are changes allowed?', 'control-status', undefined],
    ['freezes?', 'control-status', undefined],
    ['freeze mendix-prod until friday 18:00: x', 'freeze-changes', undefined],
  ])('“%s” are %s', (text, verb, reason) => {
    expect(readControl(text)).toMatchObject({ verb });
    expect(readControl(text)?.inputs['reason']).toBe(reason);
  });

  it.each([
    ['stop all changes', ' ', 'x'],
    ['freeze mendix-prod', ' \n', 'x'],
    ['lift the freeze of a', '!', 'x'],
  ])('are looked for in the longest message that anybody can send: “%s” and a run of “%s”', (begin, unit, end) => {
    const text = `${begin}${unit.repeat(8_000)}${end}`;

    expect(readControl(text)?.verb ?? null).toBe(begin.startsWith('freeze') ? 'freeze-changes' : null);
  });

  it.each(['stop', 'stop it', 'please stop the app from crashing', 'changes to the firewall', 'allow access to hub'])(
    '“%s” is about something else',
    (text) => {
      expect(readControl(text)).toBeNull();
    },
  );
});
