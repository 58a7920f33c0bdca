/**
 * A resource written whole, with exactly the body of the plan: for what the Azure CLI has no command that says all of it.
 */
import type { ExportStep } from './export-step.ts';
import { exactId, typeOf, versionOf } from './export-step.ts';
import { commandLines, option } from './az-command.ts';
import { textAt } from './json.ts';
import type { Json } from '../plan.ts';
import { type AddressVariable, quotedJson } from './shell.ts';

export function wholeLines(exported: ExportStep, body: Json, variable: AddressVariable): string[] {
  const id = exactId(exported);
  const type = typeOf(exported.step.kind);
  const version = versionOf(`/${type}`);
  const versioned = option('api-version', version);
  const json = { shell: quotedJson(body, variable) };
  if (textAt(body, 'location') !== '') {
    return commandLines({
      words: ['resource', 'create'],
      options: [option('id', id), versioned, option('is-full-object'), option('properties', json), quietly],
    });
  }
  const url = option(
    'url',
    `https://management.azure.com${id.split('/').map(encodeURIComponent).join('/')}?api-version=${version}`,
  );
  const put = commandLines({ words: ['rest'], options: [option('method', 'put'), url, option('body', json), quietly] });
  // Records are written in one go; everything else takes Azure a while.
  return exported.step.kind === 'dns-record'
    ? put
    : [
        ...put,
        ...commandLines({ words: ['resource', 'wait'], options: [option('ids', id), versioned, option('created')] }),
      ];
}

export const quietly = option('output', 'none');
