/** One step of a plan as lines of a script. */
import type { ResourceId } from '../plan.ts';
import { type AzCommand, commandLines, says } from './az-command.ts';
import type { AzHelper } from './az-helpers.ts';
import { linkCommand, linkReadyLines, recordCommands, zoneCommand } from './az-names.ts';
import { partLines } from './az-part.ts';
import { connectedLines, deleteHalfLines, peeringCommand, syncLines } from './az-peering.ts';
import { approvalLines, endpointCommand, ownerLines } from './az-private-link.ts';
import { routeCommand, ruleCommand } from './az-traffic.ts';
import { quietly, wholeLines } from './az-whole.ts';
import { exactId, type ExportStep, otherHalf } from './export-step.ts';
import { endpointsIn, fieldsAt } from './json.ts';
import { canonicalJson } from '../hash.ts';
import { type AddressVariable, noAddress, quoted } from './shell.ts';

export interface AzLines {
  lines: readonly string[];
  helpers: readonly AzHelper[];
}

/** Only for steps that write, or wait for somebody. */
export function azLines(exported: ExportStep, all: readonly ExportStep[]): AzLines {
  const { step } = exported;
  const variable = addressVariable(all);
  switch (step.kind) {
    case 'peering':
    case 'peering-repair':
      return peeringLines(exported, all);
    case 'subnet-policy':
    case 'dns-servers':
    case 'route-table':
      return alone(partLines(exported));
    case 'private-link-service':
      return alone(wholeLines(exported, step.body, variable));
    case 'private-endpoint':
      return alone(linesOr(endpointCommand(exported), exported, variable));
    case 'endpoint-approval':
      return { lines: approvalLines(exported, endpointOfConnection(exported, all)), helpers: ['connection_of'] };
    case 'endpoint-wait':
      return alone(ownerLines(exported));
    case 'dns-zone':
      return alone(linesOr(zoneCommand(exported), exported, variable));
    case 'dns-record':
      return recordLines(exported, variable);
    case 'dns-link':
      return {
        lines: [...linesOr(linkCommand(exported), exported, variable), ...linkReadyLines(exported)],
        helpers: ['wait_until'],
      };
    case 'security-rule':
      return alone(linesOr(ruleCommand(exported), exported, variable));
    case 'route':
      return alone(linesOr(routeCommand(exported), exported, variable));
    default: {
      const never: never = step.kind;
      return never;
    }
  }
}

function alone(lines: readonly string[]): AzLines {
  return { lines, helpers: [] };
}

/** The command, when it says all of the body; else the body itself. */
function linesOr(command: AzCommand, exported: ExportStep, variable: AddressVariable): string[] {
  return says(command, exported.step.body)
    ? commandLines({ ...command, options: [...command.options.filter((known) => known !== quietly), quietly] })
    : wholeLines(exported, exported.step.body, variable);
}

function peeringLines(exported: ExportStep, all: readonly ExportStep[]): AzLines {
  const { change, kind } = exported.step;
  const other = otherHalf(exported, all);
  const last = other === null || other.number < exported.number;
  return {
    lines: [
      ...(kind === 'peering-repair' ? deleteHalfLines(exported) : []),
      ...(kind === 'peering' && change === 'update' ? changedHalf(exported) : newHalf(exported)),
      ...(last ? connectedLines(exported) : []),
    ],
    helpers: last ? ['wait_until'] : [],
  };
}

function newHalf(exported: ExportStep): string[] {
  return linesOr(peeringCommand(exported, 'create'), exported, noAddress);
}

function changedHalf(exported: ExportStep): string[] {
  const { before, body } = exported.step;
  const same = canonicalJson(fieldsAt(before, 'properties')) === canonicalJson(fieldsAt(body, 'properties'));
  return [...(same ? [] : linesOr(peeringCommand(exported, 'update'), exported, noAddress)), ...syncLines(exported)];
}

/** A set that is there is replaced in one go, so that the name never leads to two places. */
function recordLines(exported: ExportStep, variable: AddressVariable): AzLines {
  const { body, change } = exported.step;
  const known = endpointsIn(body).map((endpoint) => `${variable(endpoint)}="$(address_of ${quoted(endpoint)})"`);
  const commands = recordCommands(exported, variable);
  const [first] = commands;
  const sayable =
    change === 'create' && first !== undefined && says(first, body) && commands.every((each) => says(each, each.sends));
  return {
    lines: [
      ...known,
      ...(sayable ? commands.flatMap((command) => commandLines(command)) : wholeLines(exported, body, variable)),
    ],
    helpers: known.length === 0 ? [] : ['address_of'],
  };
}

/** By the step that makes the endpoint; an endpoint that no step knows gets the next free number. */
function addressVariable(all: readonly ExportStep[]): AddressVariable {
  const strangers = all.flatMap(({ step }) => endpointsIn(step.body)).filter((id) => stepOf(id, all) === null);
  return (endpoint) => {
    const number = stepOf(endpoint, all)?.number;
    const stranger = strangers.findIndex((id) => id.toLowerCase() === endpoint.toLowerCase());
    return number === undefined ? `address_x${stranger + 1}` : `address_${number}`;
  };
}

function stepOf(endpoint: ResourceId, all: readonly ExportStep[]): ExportStep | null {
  return (
    all.find(
      ({ step }) => step.kind === 'private-endpoint' && step.resource.toLowerCase() === endpoint.toLowerCase(),
    ) ?? null
  );
}

/** The endpoint whose connection is accepted; null when the plan does not make it. */
export function endpointOfConnection({ step, address }: ExportStep, all: readonly ExportStep[]): ResourceId | null {
  const named = all.filter(
    (other) =>
      other.step.kind === 'private-endpoint' && other.address.name.toLowerCase() === address.name.toLowerCase(),
  );
  const [only, ...more] = named.filter((other) => step.after.includes(other.step.id));
  const found = only !== undefined && more.length === 0 ? only : named.length === 1 ? named[0] : undefined;
  return found === undefined ? null : exactId(found);
}
