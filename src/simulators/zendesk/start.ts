/**
 * A Zendesk account on loopback: tickets, comments, users, webhooks with signed deliveries, and an agent who can be told
 * what to do. What goes in: HTTP as Zendesk's API takes it, and `/_sim/`. What comes out: its answers, and events to the
 * webhooks that were registered. Nothing leaves loopback unless a host is named in `allowedWebhookHosts`.
 */
import { z } from 'zod/v4';
import { BadControlRequest, type Simulator, startSimulator } from '../server.ts';
import { openAccount, replaceWorld, showWorld } from './account.ts';
import { makeMove } from './agent.ts';
import { deliveryFaults, type DeliveryPace, startDeliveries, zendeskPace } from './deliveries.ts';
import type { Webhook } from './records.ts';
import { answerRequest, apiFaults, type Service } from './router.ts';
import { isAllowed } from './webhooks.ts';

export interface ZendeskSimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** `{"zendesk":{…}}` of the shape of `/_sim/world`; absent: people of both sides, no tickets. */
  world?: unknown;
  now?: () => Temporal.Instant;
  /** Host names besides loopback to which events may be sent. */
  allowedWebhookHosts?: readonly string[];
  delivery?: DeliveryPace;
}

const ArmedFault = z.object({ fault: z.enum(deliveryFaults), times: z.int().positive().default(1) });

/** @throws {BadControlRequest} when the world cannot be read. */
export async function startZendeskSimulator(options: ZendeskSimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? (() => Temporal.Now.instant());
  const service: Service = {
    account: openAccount(now, options.world),
    tokens: { issued: new Map() },
    memory: { byKey: new Map() },
    allowedHosts: options.allowedWebhookHosts ?? [],
  };
  const { account } = service;
  const deliveries = startDeliveries(now, options.delivery ?? zendeskPace);
  const simulator = await startSimulator({
    ...(options.port !== undefined && { port: options.port }),
    faults: [...apiFaults, ...deliveryFaults],
    answer(request, fault) {
      const { response, events } = answerRequest(service, request, fault);
      deliveries.send(
        receivers(service),
        events,
        deliveryFaults.find((name) => name === fault),
      );
      return response;
    },
    readWorld: () => showWorld(account),
    replaceWorld(world) {
      replaceWorld(account, world);
      service.memory.byKey.clear();
    },
    control: {
      agent(move) {
        const events = makeMove(account, move);
        deliveries.send(receivers(service), events);
        return { ok: true, events: events.map((event) => event.type) };
      },
      /** Strikes events of any cause; a fault of `/_sim/faults` strikes those of the request that it matches. */
      deliveries(body) {
        const armed = ArmedFault.safeParse(body);
        if (!armed.success) {
          throw new BadControlRequest(`No such fault of a delivery:\n${z.prettifyError(armed.error)}`);
        }
        deliveries.arm(armed.data.fault, armed.data.times);
      },
    },
  });
  return {
    ...simulator,
    async close() {
      await deliveries.stop();
      await simulator.close();
    },
  };
}

function receivers({ account, allowedHosts }: Service): Webhook[] {
  return account.webhooks.filter((webhook) => isAllowed(allowedHosts, webhook.endpoint));
}
