/** The library's rows as the port shows them. */
import type { Backend, WorkflowRun, WorkflowRunStatus } from 'openworkflow/internal';
import type { RunInfo, RunQuery, RunStatus } from './engine.ts';

const pageSize = 100;

export async function listRuns(backend: Backend, query: RunQuery): Promise<RunInfo[]> {
  const limit = query.limit ?? 100;
  const found: RunInfo[] = [];
  let after: string | null = null;
  do {
    const page = await backend.listWorkflowRuns({
      limit: pageSize,
      ...(query.workflow === undefined ? {} : { workflowName: query.workflow }),
      ...(query.status === undefined ? {} : { status: storedStatus(query.status) }),
      ...(after === null ? {} : { after }),
    });
    found.push(...page.data.map(toRunInfo).filter((run) => query.status === undefined || run.status === query.status));
    after = page.pagination.next;
  } while (after !== null && found.length < limit);
  return found.slice(0, limit);
}

export function toRunInfo(run: WorkflowRun): RunInfo {
  return {
    id: run.id,
    workflow: run.workflowName,
    key: run.idempotencyKey,
    status: statusOf(run),
    input: run.input,
    output: run.output,
    error: run.error?.message ?? null,
    createdAt: instantOf(run.createdAt),
    finishedAt: run.finishedAt === null ? null : instantOf(run.finishedAt),
  };
}

/** The library calls a run that waits `running`; what tells the two apart is the worker. */
function statusOf(run: WorkflowRun): RunStatus {
  if (run.status === 'pending') return 'queued';
  if (run.status === 'running') return run.workerId === null ? 'parked' : 'running';
  // Two words that the library no longer writes.
  if (run.status === 'sleeping') return 'parked';
  return run.status === 'succeeded' ? 'completed' : run.status;
}

function storedStatus(status: RunStatus): WorkflowRunStatus {
  if (status === 'queued') return 'pending';
  return status === 'parked' ? 'running' : status;
}

function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}
