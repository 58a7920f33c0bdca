/**
 * A Zendesk account on loopback: tickets as staff and as their requesters see them, files, users, webhooks with signed
 * deliveries in both modes, and an agent who can be told what to do. What goes in: HTTP as Zendesk's API takes it, and `/_sim/`. What comes out: its answers, and events to the
 * webhooks that were registered. Nothing leaves loopback unless a host is named in `allowedWebhookHosts`.
 */
import { z } from 'zod/v4';
import { BadControlRequest, type Simulator, startSimulator } from '../server.ts';
import { openAccount, replaceWorld, showWorld } from './account.ts';
import { makeMove } from './agent.ts';
import { deliveryFaults, type DeliveryPace, startDeliveries, zendeskPace } from './deliveries.ts';
import type { Webhook } from './records.ts';
import { answerRequest, apiFaults, type Service } from './router.ts';
import { changeSettings } from './settings.ts';
import { isAllowed } from './webhooks.ts';

export interface ZendeskSimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  /** `{"zendesk":{…}}` of the shape of `/_sim/world`; absent: people of both sides, no tickets. */
  world?: unknown;
  now?: () => Temporal.Instant;
  /** Host names besides loopback to which events may be sent. */
  allowedWebhookHosts?: readonly string[];
  delivery?: Partial<DeliveryPace>;
}

const ArmedFault = z.object({ fault: z.enum(deliveryFaults), times: z.int().positive().default(1) });

/** @throws {BadControlRequest} when the world cannot be read. */
export async function startZendeskSimulator(options: ZendeskSimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? (() => Temporal.Now.instant());
  const service: Service = {
    account: openAccount(now, options.world),
    tokens: { issued: new Map() },
    memory: { byKey: new Map() },
    jobs: { byId: new Map() },
    limits: { windows: new Map() },
    allowedHosts: options.allowedWebhookHosts ?? [],
  };
  const { account } = service;
  const deliveries = startDeliveries(now, { ...zendeskPace, ...options.delivery });
  const simulator = await startSimulator({
    ...(options.port !== undefined && { port: options.port }),
    faults: [...apiFaults, ...deliveryFaults],
    answer(request, fault) {
      const { response, told } = answerRequest(service, request, fault);
      deliveries.send(
        receivers(service),
        told,
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
        const told = makeMove(account, move);
        deliveries.send(receivers(service), told);
        return { ok: true, events: told.map(({ type }) => type) };
      },
      settings: (change) => changeSettings(account.settings, change),
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
