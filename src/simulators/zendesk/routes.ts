/** Which request is answered by what, and who may ask it at all. */
import type { SimRequest } from '../server.ts';
import type { Account } from './account.ts';
import type { Handled } from './answers.ts';
import type { RememberedAnswers } from './idempotency.ts';
import { exportTickets } from './incremental.ts';
import { getJob, type Jobs, postMerge } from './merge.ts';
import type { User, UserRole } from './records.ts';
import {
  deleteTicket,
  destroyTicket,
  listDeletedTickets,
  makePrivate,
  redactComment,
  redactFile,
  redactString,
  restoreTicket,
} from './removal.ts';
import {
  getRequest,
  getRequestComment,
  listRequestComments,
  listRequests,
  postRequest,
  putRequest,
} from './requests.ts';
import { search } from './search.ts';
import { getCustomStatus, listCustomStatuses } from './statuses.ts';
import {
  changeTags,
  getTags,
  getTicket,
  listAudits,
  listComments,
  listTickets,
  postTicket,
  putTicket,
  showManyTickets,
} from './tickets.ts';
import { deleteTrigger, listTriggers, postTrigger, putTrigger } from './triggers.ts';
import { deleteUpload, getAttachment, postUpload } from './uploads.ts';
import { createOrUpdateUser, getMe, getUser, searchUsers, showManyUsers } from './users.ts';
import {
  type AllowedHosts,
  deleteWebhook,
  getSigningSecret,
  getWebhook,
  listWebhooks,
  patchWebhook,
  postWebhook,
  resetSigningSecret,
} from './webhooks.ts';

export interface Asked {
  account: Account;
  memory: RememberedAnswers;
  jobs: Jobs;
  allowedHosts: AllowedHosts;
  request: SimRequest;
  asker: User;
  /** What stands in the path where the pattern has groups. */
  id: string;
  number: number;
  second: number;
  third: number;
}

interface Route {
  method: string;
  path: RegExp;
  /** The least that the asker has to be. */
  role: UserRole;
  handle: (asked: Asked) => Handled;
}

/** In the order of the role that they need; webhooks refuse in a shape of their own, so they ask for it themselves. */
export const routes: readonly Route[] = [
  ...endUserRoutes(),
  ...ticketRoutes(),
  ...removalRoutes(),
  ...peopleRoutes(),
  ...webhookRoutes(),
  route('admin', 'GET incremental/tickets/cursor', ({ account, request }) => exportTickets(account, request)),
  route('admin', 'GET triggers', ({ account, request }) => listTriggers(account, request)),
  route('admin', 'POST triggers', ({ account, request }) => postTrigger(account, request)),
  route('admin', 'PUT triggers/#', ({ account, request, number }) => putTrigger(account, request, number)),
  route('admin', 'DELETE triggers/#', ({ account, number }) => deleteTrigger(account, number)),
];

function endUserRoutes(): Route[] {
  return [
    route('end-user', 'GET requests', ({ account, request, asker }) => listRequests(account, request, asker)),
    route('end-user', 'POST requests', ({ account, request, asker }) => postRequest(account, request, asker)),
    route('end-user', 'GET requests/(open|solved|ccd|search)', ({ account, request, asker, id }) =>
      listRequests(account, request, asker, id),
    ),
    route('end-user', 'GET requests/#', ({ account, request, asker, number }) =>
      getRequest(account, request, asker, number),
    ),
    route('end-user', 'PUT requests/#', ({ account, request, asker, number }) =>
      putRequest(account, request, asker, number),
    ),
    route('end-user', 'GET requests/#/comments', ({ account, request, asker, number }) =>
      listRequestComments(account, request, asker, number),
    ),
    route('end-user', 'GET requests/#/comments/#', ({ account, request, asker, number, second }) =>
      getRequestComment(account, request, asker, [number, second]),
    ),
    route('end-user', 'POST uploads', ({ account, request }) => postUpload(account, request)),
    route('end-user', 'DELETE uploads/@', ({ account, id }) => deleteUpload(account, id)),
    route('end-user', 'GET users/me', ({ request, asker }) => getMe(request, asker)),
    route('end-user', 'GET custom_statuses', ({ account, request }) => listCustomStatuses(account, request)),
    route('end-user', 'GET custom_statuses/#', ({ account, number }) => getCustomStatus(account, number)),
  ];
}

function ticketRoutes(): Route[] {
  return [
    route('agent', 'POST tickets', ({ account, memory, request, asker }) =>
      postTicket(account, memory, request, asker),
    ),
    route('agent', 'GET tickets', ({ account, request }) => listTickets(account, request)),
    route('agent', 'GET tickets/show_many', ({ account, request }) => showManyTickets(account, request)),
    route('agent', 'GET tickets/#', ({ account, request, number }) => getTicket(account, request, number)),
    route('agent', 'PUT tickets/#', ({ account, request, asker, number }) =>
      putTicket(account, request, asker, number),
    ),
    route('agent', 'GET tickets/#/comments', ({ account, request, number }) => listComments(account, request, number)),
    route('agent', 'GET tickets/#/audits', ({ account, request, number }) => listAudits(account, request, number)),
    route('agent', 'GET tickets/#/tags', ({ account, number }) => getTags(account, number)),
    route('agent', 'PUT tickets/#/tags', ({ account, request, asker, number }) =>
      changeTags(account, request, asker, number),
    ),
    route('agent', 'POST tickets/#/tags', ({ account, request, asker, number }) =>
      changeTags(account, request, asker, number),
    ),
    route('agent', 'POST tickets/#/merge', ({ account, jobs, request, asker, number }) =>
      postMerge(account, jobs, request, asker, number),
    ),
    route('agent', 'GET job_statuses/@', ({ jobs, request, id }) => getJob(jobs, request, id)),
    route('agent', 'GET attachments/#', ({ account, request, number }) => getAttachment(account, request, number)),
    route('agent', 'GET search', ({ account, request }) => search(account, request)),
  ];
}

function removalRoutes(): Route[] {
  return [
    route('agent', 'DELETE tickets/#', ({ account, asker, number }) => deleteTicket(account, asker, number)),
    route('agent', 'GET deleted_tickets', ({ account, request }) => listDeletedTickets(account, request)),
    route('agent', 'PUT deleted_tickets/#/restore', ({ account, asker, number }) =>
      restoreTicket(account, asker, number),
    ),
    route('agent', 'DELETE deleted_tickets/#', ({ account, asker, number }) => destroyTicket(account, asker, number)),
    route('agent', 'PUT tickets/#/comments/#/make_private', ({ account, asker, number, second }) =>
      makePrivate(account, asker, [number, second]),
    ),
    route('agent', 'PUT tickets/#/comments/#/redact', ({ account, request, asker, number, second }) =>
      redactString(account, request, asker, [number, second]),
    ),
    route('agent', 'PUT tickets/#/comments/#/attachments/#/redact', ({ account, asker, number, second, third }) =>
      redactFile(account, asker, [number, second, third]),
    ),
    route('agent', 'PUT comment_redactions/#', ({ account, request, asker, number }) =>
      redactComment(account, request, asker, number),
    ),
  ];
}

function peopleRoutes(): Route[] {
  return [
    route('agent', 'POST users/create_or_update', ({ account, request }) => createOrUpdateUser(account, request)),
    route('agent', 'GET users/show_many', ({ account, request }) => showManyUsers(account, request)),
    route('agent', 'GET users/search', ({ account, request }) => searchUsers(account, request)),
    route('agent', 'GET users/#', ({ account, request, number }) => getUser(account, request, number)),
  ];
}

function webhookRoutes(): Route[] {
  return [
    route('end-user', 'POST webhooks', ({ account, allowedHosts, request, asker }) =>
      postWebhook(account, allowedHosts, request, asker),
    ),
    route('end-user', 'GET webhooks', ({ account, request, asker }) => listWebhooks(account, request, asker)),
    route('end-user', 'GET webhooks/@', ({ account, asker, id }) => getWebhook(account, asker, id)),
    route('end-user', 'PATCH webhooks/@', ({ account, allowedHosts, request, asker, id }) =>
      patchWebhook(account, allowedHosts, request, asker, id),
    ),
    route('end-user', 'DELETE webhooks/@', ({ account, asker, id }) => deleteWebhook(account, asker, id)),
    route('end-user', 'GET webhooks/@/signing_secret', ({ account, asker, id }) =>
      getSigningSecret(account, asker, id),
    ),
    route('end-user', 'POST webhooks/@/signing_secret', ({ account, asker, id }) =>
      resetSigningSecret(account, asker, id),
    ),
  ];
}

/** `#` stands for a number, `@` for a word. */
function route(role: UserRole, what: string, handle: Route['handle']): Route {
  const [method = '', path = ''] = what.split(' ');
  const pattern = path.replaceAll('#', String.raw`(\d+)`).replaceAll('@', '([0-9A-Za-z]+)');
  return { method, path: new RegExp(`^${pattern}$`), role, handle };
}
