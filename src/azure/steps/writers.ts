/** The table of step kinds. A new one is a file beside this and a line here. */
import type { StepKind } from '../../plan/plan.ts';
import { linkWriter } from './dns-link.ts';
import { recordWriter } from './dns-record.ts';
import { dnsServersWriter } from './dns-servers.ts';
import { zoneWriter } from './dns-zone.ts';
import { approvalWriter } from './endpoint-approval.ts';
import { endpointWaitWriter } from './endpoint-wait.ts';
import { peeringRepairWriter } from './peering-repair.ts';
import { peeringWriter } from './peering.ts';
import { endpointWriter } from './private-endpoint.ts';
import { linkServiceWriter } from './private-link-service.ts';
import { routeTableWriter } from './route-table.ts';
import { routeWriter } from './route.ts';
import { securityRuleWriter } from './security-rule.ts';
import type { StepWriter } from './step-writer.ts';
import { subnetPolicyWriter } from './subnet-policy.ts';

export const writers: Record<StepKind, StepWriter> = {
  peering: peeringWriter,
  'peering-repair': peeringRepairWriter,
  'subnet-policy': subnetPolicyWriter,
  'private-link-service': linkServiceWriter,
  'private-endpoint': endpointWriter,
  'endpoint-approval': approvalWriter,
  'endpoint-wait': endpointWaitWriter,
  'dns-zone': zoneWriter,
  'dns-record': recordWriter,
  'dns-link': linkWriter,
  'dns-servers': dnsServersWriter,
  'security-rule': securityRuleWriter,
  route: routeWriter,
  'route-table': routeTableWriter,
};
