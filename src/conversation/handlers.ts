/**
 * Who carries out which effect. The record is typed by the effects themselves, so that TypeScript complains when a
 * handler is missing; `main.ts` hands it in.
 */
import type { Durable } from '../engine/engine.ts';
import type { EffectOf, ReadEffect, ShowMessage, Stored, WorkEffect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Reply } from '../flows/reply.ts';

/** A read may run twice; its answer becomes the event `<effect id>/result`. */
export type ReadHandler<E extends ReadEffect> = (stored: Stored<E>) => Promise<Event>;

/** Tells the case about progress; safe to repeat with the same key. The case's answer; null when it could not be told. */
export type Report = (key: string, event: Event) => Promise<Reply | null>;

/** Looks before it writes, because a kill between answer and commit makes it run again. Null: nothing to tell. */
export type WorkHandler<E extends WorkEffect> = (
  stored: Stored<E>,
  durable: Durable,
  report: Report,
) => Promise<Event | null>;

export type ReadHandlers = { [Type in ReadEffect['type']]: ReadHandler<EffectOf<Type> & ReadEffect> };
export type WorkHandlers = { [Type in WorkEffect['type']]: WorkHandler<EffectOf<Type> & WorkEffect> };

/** What the outbox hands to a channel; the same shape as the channels' own `Outgoing`. */
export interface OutgoingMessage {
  key: string;
  caseId: string;
  revision: number;
  place: ShowMessage['to'];
  content: ShowMessage['content'];
  verbs: readonly string[];
  tokenId: string | null;
  mention: readonly string[];
  onlyFor: string | null;
  platformId: string | null;
  mayHaveBeenSent: boolean;
}

export type Send = (message: OutgoingMessage) => Promise<{ platformId: string }>;

/** What the outbox hands to a channel with forms; the same shape as the channels' own `FormOpening`. */
export interface FormToOpen {
  triggerId: string;
  userId: string;
  messageKey: string;
  verb: string;
  person: string;
}

/** @throws {Error} when the trigger is over, or this platform has no forms */
export type OpenFormBy = (platform: ShowMessage['to']['platform'], form: FormToOpen) => Promise<void>;
