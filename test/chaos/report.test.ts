import { describe, expect, it } from 'vitest';
import { createReport } from './report.ts';

function reporting(): { lines: string[]; report: ReturnType<typeof createReport> } {
  const lines: string[] = [];
  return { lines, report: createReport((line) => lines.push(line.replaceAll(/\d+(?:\.\d+)? s\b/g, 'A WHILE'))) };
}

describe('the report of a run', () => {
  it('counts each part on its own, also while another one goes on, and all of them at the end', async () => {
    const { lines, report } = reporting();
    await Promise.all(
      ['kills', 'replicas'].map((name, index) =>
        report.part(name, async (part) => {
          part.add(`${name}, first`, { kind: 'passed', seconds: 1 });
          await Promise.resolve();
          part.add(`${name}, second`, { kind: index === 0 ? 'passed' : 'skipped', seconds: 1 });
        }),
      ),
    );
    expect(report.end()).toBe(0);
    expect(lines.slice(-3)).toEqual([
      'kills: 2 passed, 0 not reached, 0 failed, A WHILE',
      'replicas: 1 passed, 1 not reached, 0 failed, A WHILE',
      '3 passed, 1 not reached, 0 failed, A WHILE in all',
    ]);
  });

  it('goes on after a part that breaks down, and fails as a whole', async () => {
    const { lines, report } = reporting();
    await report.part('meetings', () => Promise.reject(new Error('There is no database.')));
    await report.part('stop', (part) => Promise.resolve(part.add('the stop switch', { kind: 'passed', seconds: 1 })));
    expect(report.end()).toBe(1);
    expect(lines).toContain('    There is no database.');
    expect(lines.at(-1)).toBe('1 passed, 0 not reached, 1 failed, A WHILE in all');
  });
});
