/**
 * The card templates of `cards/`, by name. The sample beside each template is what tests and `causeway card` show; it
 * also fixes the shape of the data, so that a template never meets a key that is missing or of another kind.
 */
import alertSample from '../../cards/alert.sample.json' with { type: 'json' };
import alert from '../../cards/alert.json' with { type: 'json' };
import autoTicketSample from '../../cards/auto-ticket.sample.json' with { type: 'json' };
import autoTicket from '../../cards/auto-ticket.json' with { type: 'json' };
import digestSample from '../../cards/digest.sample.json' with { type: 'json' };
import digest from '../../cards/digest.json' with { type: 'json' };
import answerSample from '../../cards/answer.sample.json' with { type: 'json' };
import answer from '../../cards/answer.json' with { type: 'json' };
import approvalSample from '../../cards/approval.sample.json' with { type: 'json' };
import approval from '../../cards/approval.json' with { type: 'json' };
import changeAskedSample from '../../cards/change-asked.sample.json' with { type: 'json' };
import changeAsked from '../../cards/change-asked.json' with { type: 'json' };
import connectFormSample from '../../cards/connect-form.sample.json' with { type: 'json' };
import connectForm from '../../cards/connect-form.json' with { type: 'json' };
import connectMethodSample from '../../cards/connect-method.sample.json' with { type: 'json' };
import connectMethod from '../../cards/connect-method.json' with { type: 'json' };
import connectPlanSample from '../../cards/connect-plan.sample.json' with { type: 'json' };
import connectPlan from '../../cards/connect-plan.json' with { type: 'json' };
import connectResultSample from '../../cards/connect-result.sample.json' with { type: 'json' };
import connectResult from '../../cards/connect-result.json' with { type: 'json' };
import connectStatusSample from '../../cards/connect-status.sample.json' with { type: 'json' };
import connectStatus from '../../cards/connect-status.json' with { type: 'json' };
import controlSample from '../../cards/control.sample.json' with { type: 'json' };
import control from '../../cards/control.json' with { type: 'json' };
import differSample from '../../cards/differ.sample.json' with { type: 'json' };
import differ from '../../cards/differ.json' with { type: 'json' };
import helpSample from '../../cards/help.sample.json' with { type: 'json' };
import help from '../../cards/help.json' with { type: 'json' };
import noticeSample from '../../cards/notice.sample.json' with { type: 'json' };
import notice from '../../cards/notice.json' with { type: 'json' };
import overridesSample from '../../cards/overrides.sample.json' with { type: 'json' };
import overrides from '../../cards/overrides.json' with { type: 'json' };
import ticketPreviewSample from '../../cards/ticket-preview.sample.json' with { type: 'json' };
import ticketPreview from '../../cards/ticket-preview.json' with { type: 'json' };
import ticketFormSample from '../../cards/ticket-form.sample.json' with { type: 'json' };
import ticketForm from '../../cards/ticket-form.json' with { type: 'json' };
import ticketListSample from '../../cards/ticket-list.sample.json' with { type: 'json' };
import ticketList from '../../cards/ticket-list.json' with { type: 'json' };
import ticketSample from '../../cards/ticket.sample.json' with { type: 'json' };
import ticket from '../../cards/ticket.json' with { type: 'json' };
import triageSample from '../../cards/triage.sample.json' with { type: 'json' };
import triage from '../../cards/triage.json' with { type: 'json' };
import verdictSample from '../../cards/verdict.sample.json' with { type: 'json' };
import verdict from '../../cards/verdict.json' with { type: 'json' };
import waitingSample from '../../cards/waiting.sample.json' with { type: 'json' };
import waiting from '../../cards/waiting.json' with { type: 'json' };
import warningSample from '../../cards/warning.sample.json' with { type: 'json' };
import warning from '../../cards/warning.json' with { type: 'json' };
import type { CardName } from '../flows/card.ts';

interface CardSource {
  template: object;
  sample: object;
}

const sources: Record<CardName, CardSource> = {
  answer: { template: answer, sample: answerSample },
  approval: { template: approval, sample: approvalSample },
  'change-asked': { template: changeAsked, sample: changeAskedSample },
  'connect-form': { template: connectForm, sample: connectFormSample },
  'connect-method': { template: connectMethod, sample: connectMethodSample },
  'connect-plan': { template: connectPlan, sample: connectPlanSample },
  'connect-result': { template: connectResult, sample: connectResultSample },
  'connect-status': { template: connectStatus, sample: connectStatusSample },
  control: { template: control, sample: controlSample },
  differ: { template: differ, sample: differSample },
  help: { template: help, sample: helpSample },
  notice: { template: notice, sample: noticeSample },
  overrides: { template: overrides, sample: overridesSample },
  ticket: { template: ticket, sample: ticketSample },
  'ticket-form': { template: ticketForm, sample: ticketFormSample },
  'ticket-list': { template: ticketList, sample: ticketListSample },
  'ticket-preview': { template: ticketPreview, sample: ticketPreviewSample },
  triage: { template: triage, sample: triageSample },
  verdict: { template: verdict, sample: verdictSample },
  waiting: { template: waiting, sample: waitingSample },
  alert: { template: alert, sample: alertSample },
  'auto-ticket': { template: autoTicket, sample: autoTicketSample },
  digest: { template: digest, sample: digestSample },
  warning: { template: warning, sample: warningSample },
};

export const cardNames = Object.keys(sources) as CardName[];

export function cardSource(name: CardName): CardSource {
  return sources[name];
}
