/** Azure's severities, for the rooms that speak with flows only. */
export { alertSeverities } from '../policy/alert-facts.ts';
