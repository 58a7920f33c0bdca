/** What the page's own modules pass around; the shapes of the API are in CONTRACTS.md section 6. */
import type * as Renderer from 'adaptivecards';

declare global {
  const AdaptiveCards: typeof Renderer;
}

export type RenderedCard = Renderer.AdaptiveCard;
export type CardAction = Renderer.Action;
export type CardInput = Renderer.Input;

export interface Person {
  id: string;
  name: string;
  roles: string[];
}

export interface Conversation {
  id: string;
  title: string;
  kind: 'channel' | 'direct';
  unread: number;
}

export interface Message {
  id: string;
  seq: number;
  revision: number;
  conversation: string;
  thread: string | null;
  from: string;
  speaker: string | null;
  text: string;
  card: Record<string, unknown> | null;
  mention: string[];
  onlyForYou: boolean;
  at: string;
}

export interface Outcome {
  outcome: 'done' | 'refused' | 'stale' | 'already-decided' | 'invalid';
  because?: string;
  errors?: { input: string; message: string }[];
}
