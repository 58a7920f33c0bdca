/** Tampering and export, whichever database stands behind the audit. */
import { describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { emptyBeforeEach } from '../store/contract/stores.ts';
import { exportContract } from './export-contract.ts';
import { tamperingContract } from './tampering-contract.ts';

export function recordContract(open: () => Store): void {
  emptyBeforeEach(() => ({
    first: open(),
    second: open(),
    openImpatient: () => Promise.reject(new Error('not used here')),
  }));
  describe('what is found', () => tamperingContract(open));
  describe('an exported case', () => exportContract(open));
}
