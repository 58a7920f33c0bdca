/** What every scenario's plan is made from and what it gives; one file per scenario beside this. */
import type { DraftStep } from './draft-step.ts';
import type { Aftermath, ConnectAnswers, Finding, Ground, Naming, Plan, Reach } from './plan.ts';
import type { Survey } from './world.ts';

export interface Wish {
  answers: ConnectAnswers;
  survey: Survey;
  naming: Naming;
  /** All tags for what is made. */
  tags: Readonly<Record<string, string>>;
}

/** A plan before its steps have ids. */
export interface Drawing {
  drafts: readonly DraftStep[];
  reach: readonly Reach[];
  promises: Plan['promises'];
  because: readonly Ground[];
  aftermath?: Aftermath;
}

/** Null: it cannot be drawn, and at least one finding says why. */
export interface Sketch {
  findings: readonly Finding[];
  drawing: Drawing | null;
}

export const connectivityDocument = 'Enabling connectivity between Mendix on Azure and other private networks';
