/** The same plan in whole, as people and tools read it: text, az commands, Bicep, Terraform. */
import { exportAz } from '../plan/export/az.ts';
import { exportBicep } from '../plan/export/bicep.ts';
import { exportTerraform } from '../plan/export/terraform.ts';
import { planText } from '../plan/export/text.ts';
import type { Plan } from '../plan/plan.ts';
import type { EventOf } from './event.ts';
import { type Context, findPerson, refusedReply, staleReply, stay, type Transition } from './flow.ts';
import { showDocument } from './message.ts';
import type { ConnectState } from './state.ts';

interface Form {
  title: string;
  /** Ending of the file. */
  ending: string;
  write(plan: Plan): string;
}

const forms: Readonly<Record<string, Form>> = {
  'show-text': { title: 'The plan as text', ending: 'txt', write: planText },
  'show-az': { title: 'The plan as a script of az commands', ending: 'sh', write: exportAz },
  'show-bicep': { title: 'The plan as Bicep', ending: 'bicep', write: exportBicep },
  'show-terraform': { title: 'The plan as Terraform', ending: 'tf', write: exportTerraform },
};

export function isExport(verb: string): boolean {
  return Object.hasOwn(forms, verb);
}

/** For whoever asked, and for whoever decides; it changes nothing. */
export function showPlan(state: ConnectState, event: EventOf<'clicked'>, context: Context): Transition {
  const form = forms[event.verb];
  const roles = findPerson(context.directory, event.person)?.roles ?? [];
  const mayRead =
    event.person === state.requester || roles.some((role) => role === 'admin' || role.startsWith('approver'));
  if (!mayRead) {
    return stay(state, refusedReply('Only whoever asked for this plan, and those who may approve it, can have it.'));
  }
  if (form === undefined || !('plan' in state)) {
    return stay(state, staleReply('There is no plan here yet. Write “continue” to go on with the form.'));
  }
  const { plan } = state;
  const name = `causeway-${plan.environment}-${plan.hash.slice(0, 12)}.${form.ending}`.replaceAll(/[^\w.-]+/g, '-');
  const message = `${event.verb}-${context.revision}`;
  // Whoever decides reads it below their own card.
  const to = /\/approval[^/]*$/.test(event.message) ? event.place : state.place;
  return stay(state, undefined, [
    showDocument(message, to, form.write(plan), { title: `${form.title}, ${plan.hash.slice(0, 12)}`, name }),
  ]);
}
