/** The table of step kinds. A new one is a file beside this and a line here. */
import type { StepKind } from '../../plan/plan.ts';
import { linkWriter } from './dns-link.ts';
import { recordWriter } from './dns-record.ts';
import { zoneWriter } from './dns-zone.ts';
import { peeringWriter } from './peering.ts';
import type { StepWriter } from './step-writer.ts';

export const writers: Record<StepKind, StepWriter> = {
  peering: peeringWriter,
  'dns-zone': zoneWriter,
  'dns-record': recordWriter,
  'dns-link': linkWriter,
};
