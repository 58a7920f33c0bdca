import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasButton } from '../../../src/demo/card.ts';
import { runAudit } from '../../../src/process/commands/audit.ts';
import { type House, openHouse } from '../house.ts';

const directory = mkdtempSync(join(tmpdir(), 'causeway-export-'));
let house: House;

beforeAll(async () => {
  // Without a secret of its own the bot registers its webhook, and so hears what the desk says.
  house = await openHouse({ ZENDESK_WEBHOOK_SECRET: '' });
  await playTicket();
});
afterAll(async () => {
  await house.close();
  rmSync(directory, { recursive: true });
});

/** A cry with a secret and with what would be HTML, a ticket, an answer of the desk and a private note. */
async function playTicket(): Promise<void> {
  const { chat, world } = house;
  const cry = 'prod is down since 8, recovery did not help, password: hunter2-hunter2 <b>pls</b>';
  await chat.say('requester', 'team', cry);
  await press('triage-continue', { faultLocation: 'unknown' });
  await press('preview-ticket');
  await press('open-ticket');
  await chat.waitFor('agent', 'support', 'the ticket', (message) => /^Ticket \d+/.test(message.text));
  const ticket = (await world.tickets()).find((one) => one.external_id !== null)?.id ?? 0;
  await world.agent({ ticket, move: 'comment', public: false, text: 'PRIVATE: node pool 3' });
  await world.agent({ ticket, move: 'comment', public: true, text: 'We look at the ingress.' });
  await chat.waitFor('requester', 'team', 'the answer', (message) => message.text.includes('ingress'));
}

async function press(verb: string, inputs: Record<string, string> = {}): Promise<void> {
  const message = await house.chat.waitFor('requester', 'team', `a card with “${verb}”`, (shown) =>
    hasButton(shown.card, verb),
  );
  await house.chat.press('requester', 'team', message, verb, inputs);
}

/** As a person calls it, while the bot is running. */
function run(args: string[], environment: Readonly<Record<string, string>> = {}): ReturnType<typeof runAudit> {
  return runAudit(args, { DATA_DIR: house.dataDir, ...environment });
}

async function exported(): Promise<{ caseId: string; html: string; json: string; file: string }> {
  const listed = (await run(['export', '--list'])).out.split('\n');
  const [caseId = ''] = listed.find((line) => line.includes('prod is down'))?.split('\t') ?? [];
  const written = await run(['export', '--case', caseId.slice(0, 12), '--out', directory]);
  const [page = '', file = ''] = written.out.trim().split('\n');
  return { caseId, html: readFileSync(page, 'utf8'), json: readFileSync(file, 'utf8'), file };
}

describe('audit export', () => {
  it('lists the cases with day, person and first words', async () => {
    const { exitCode, out } = await run(['export', '--list']);

    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^case-[0-9a-f]{20}\t\d{4}-\d\d-\d\d \d\d:\d\d UTC\tsupport\tRosa Requester\tprod is down since 8/m,
    );
  });

  it('tells the case on one page, with buttons as people saw them and every text escaped', async () => {
    const { html } = await exported();

    expect(html).toContain('Rosa Requester</strong> wrote in team on the local page');
    expect(html).toContain('pressed “Prepare the ticket”');
    expect(html).toContain('row severity 1');
    expect(html).toContain('We look at the ingress.');
    expect(html).toContain('&lt;b&gt;pls&lt;/b&gt;');
    expect(html).not.toContain('<b>pls');
    expect(html).toContain('The record holds');
  });

  it('keeps secrets and private notes out of both files', async () => {
    const { html, json } = await exported();

    expect(html + json).not.toMatch(/hunter2|PRIVATE/);
    expect(html).toContain('[removed]');
  });

  it('takes another zone for the times, and refuses one that there is not', async () => {
    const { caseId, file } = await exported();
    const args = ['export', '--case', caseId, '--out', directory, '--zone'];

    expect((await run([...args, 'Asia/Tokyo'])).exitCode).toBe(0);
    expect(readFileSync(file.replace('.json', '.html'), 'utf8')).toContain('Times are those of Asia/Tokyo');
    await expect(run([...args, 'Mars/Base'])).rejects.toThrow('no time zone “Mars/Base”');
  });

  it('says how to find a case that there is not, or which of several is meant', async () => {
    await house.chat.say('admin', 'team', 'help');
    await expect(run(['export', '--case', 'case-nowhere'])).rejects.toThrow(/no such case.*audit export --list/);
    await expect.poll(async () => run(['export', '--case', 'case-']).catch(String)).toMatch(/\d cases begin like that/);
  });
});

describe('audit verify', () => {
  it('checks the database while the bot runs, and names the seal of its exports', async () => {
    const { exitCode, out } = await run(['verify']);

    expect(exitCode).toBe(0);
    expect(out).toMatch(/sealed by [0-9a-f]{64}\./);
    expect(out).toMatch(/The audit is whole: \d+ entries in \d+ cases/);
  });

  it('checks an exported file with the key of the installation, or without it as far as that goes', async () => {
    const { file } = await exported();

    const here = await run(['verify', '--file', file]);
    const elsewhere = await run(['verify', '--file', file], { DATA_DIR: join(directory, 'nowhere') });
    const without = await run(['verify', '--file', file, '--without-key']);

    expect(here).toMatchObject({ exitCode: 0, out: expect.stringContaining('payloads are the ones'), err: '' });
    expect(elsewhere).toMatchObject({ exitCode: 0, err: expect.stringContaining('without the key') });
    expect(elsewhere.out).toMatch(/\? Whether the \d+ payloads are the right ones was not checked/);
    expect(without).toMatchObject({ exitCode: 0, out: expect.stringContaining('compare'), err: '' });
  });

  it('finds a changed file, and a file that is none', async () => {
    const { file, json } = await exported();
    const changed = join(directory, 'changed.json');
    const none = join(directory, 'none.json');
    writeFileSync(changed, json.replace('We look', 'We have looked'));
    writeFileSync(none, '{}');

    expect(await run(['verify', '--file', changed])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('does not hold'),
    });
    expect(await run(['verify', '--file', none])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('cannot be read'),
    });
    await expect(run(['verify', '--file', `${file}.gone`])).rejects.toThrow('audit export');
    await expect(run(['verify', '--anchors', `${file}.gone`])).rejects.toThrow('no such file');
  });

  it('names the entry that somebody has changed in the database', async () => {
    const changed = mkdtempSync(join(directory, 'changed-'));
    const original = new DatabaseSync(join(house.dataDir, 'bot.db'), { readOnly: true });
    await backup(original, join(changed, 'bot.db'));
    original.close();
    const copy = new DatabaseSync(join(changed, 'bot.db'));
    copy.exec(`update audit_payload set body = replace(body, 'Rosa', 'Otto') where seq = 1`);
    copy.close();

    const { exitCode, out } = await run(['verify'], { DATA_DIR: changed });

    expect(exitCode).toBe(1);
    expect(out).toMatch(/✕ case-[0-9a-f]+, entry 1: payload changed/);
  });

  it('does not call it whole when the key is gone', async () => {
    const changed = mkdtempSync(join(directory, 'keyless-'));
    const original = new DatabaseSync(join(house.dataDir, 'bot.db'), { readOnly: true });
    await backup(original, join(changed, 'bot.db'));
    original.close();
    const copy = new DatabaseSync(join(changed, 'bot.db'));
    copy.exec(`delete from secret where name = 'audit-digests'`);
    copy.close();

    expect(await run(['verify'], { DATA_DIR: changed })).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('key of the payloads is gone'),
    });
  });

  it('erases nothing while the case is open, or while the bot has the database, and wants to know why', async () => {
    const { caseId } = await exported();
    const copied = mkdtempSync(join(directory, 'open-'));
    const original = new DatabaseSync(join(house.dataDir, 'bot.db'), { readOnly: true });
    await backup(original, join(copied, 'bot.db'));
    original.close();
    const erase = ['erase', '--case', caseId, '--all', '--because'];

    await expect(run([...erase, 'gone'])).rejects.toThrow();
    await expect(run([...erase, 'gone'], { DATA_DIR: copied })).rejects.toThrow('still open');
    await expect(run([...erase, ' '], { DATA_DIR: copied })).rejects.toThrow('say why');
    expect(await run(erase.slice(0, -1), { DATA_DIR: copied })).toMatchObject({ exitCode: 2 });
  });

  const wrong = [[], ['prove'], ['verify', '--case', 'x'], ['export'], ['export', '--list', '--out', 'x']];

  it.each(wrong.map((args) => ({ args })))('says what to write instead of $args', async ({ args }) => {
    expect(await run(args)).toMatchObject({ exitCode: 2, err: expect.stringContaining('Usage: causeway audit') });
  });
});
