/** Lists page by page. The cursor is taken and the address is not: a credential never follows a link of an answer. */
import type { z } from 'zod/v4';
import type { Calls, NodeZendesk } from './zendesk-calls.ts';
import { ZendeskError } from './zendesk-error.ts';

export interface PageQuery {
  size: number;
  after?: string;
}

interface PagedCall<Page> {
  doing: string;
  answer: z.ZodType<Page>;
  run: (zendesk: NodeZendesk, page: PageQuery) => Promise<unknown>;
}

const pageSize = 100;
/** Twenty thousand records; a desk that never comes to an end would otherwise be read for ever. */
const maxPages = 200;

export async function* pages<Page extends { meta: string | null }>(
  calls: Calls,
  { doing, answer, run }: PagedCall<Page>,
): AsyncGenerator<Page> {
  let count = 0;
  for (let query: PageQuery | null = { size: pageSize }; query !== null; count += 1) {
    const page: PageQuery = query;
    if (count === maxPages) {
      throw ZendeskError.unexpected(doing, `there are more than ${maxPages} pages`);
    }
    const read: Page = await calls.make({ doing, answer, run: (zendesk) => run(zendesk, page) });
    yield read;
    query = read.meta === null ? null : { size: pageSize, after: read.meta };
  }
}
