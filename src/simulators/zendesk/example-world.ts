/**
 * Who has an account at the desk before anything happened: the bot, the desk's agent, and the people of the local page.
 * The people of the local page are customers of the desk, so all of them are end users.
 */
import type { User, UserRole } from './records.ts';

export interface Person {
  name: string;
  email: string;
  role: UserRole;
}

export const bot: Person = { name: 'Causeway', email: 'causeway@example.com', role: 'admin' };
export const agent: Person = { name: 'Robin de Vries', email: 'robin.devries@desk.example.com', role: 'agent' };

const localPeople: readonly Person[] = [
  { name: 'Rosa Requester', email: 'requester@example.com', role: 'end-user' },
  { name: 'Anna Approver', email: 'approver-1@example.com', role: 'end-user' },
  { name: 'Ben Approver', email: 'approver-2@example.com', role: 'end-user' },
  { name: 'Sam Support', email: 'agent@example.com', role: 'end-user' },
  { name: 'Ada Admin', email: 'admin@example.com', role: 'end-user' },
];

export function exampleUsers(at: string): User[] {
  return [bot, agent, ...localPeople].map((person, index) => ({
    id: 90_001 + index,
    name: person.name,
    email: person.email,
    role: person.role,
    external_id: null,
    active: true,
    verified: true,
    time_zone: 'UTC',
    created_at: at,
    updated_at: at,
  }));
}
