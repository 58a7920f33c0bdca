/**
 * Small checks that are put together to describe Block Kit. Each reports what is wrong in Slack's own words, with a
 * JSON pointer to the place.
 */
import type { Json } from '../records.ts';

export type Surface = 'message' | 'modal' | 'home';

export interface Inspection {
  surface: Surface;
  /** False: blocks of the last two years are unknown. */
  newerBlocks: boolean;
  problems: string[];
}

export type Check = (value: unknown, at: string, into: Inspection) => void;

export function report(into: Inspection, problem: string, at: string): void {
  into.problems.push(`${problem} [json-pointer:${at}]`);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters as people count them, not UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

export function string(max: number, min = 0): Check {
  return (value, at, into) => {
    if (typeof value !== 'string') {
      report(into, 'must provide a string', at);
    } else if (lengthOf(value) > max) {
      report(into, `must be less than ${max + 1} characters`, at);
    } else if (lengthOf(value) < min) {
      report(into, `must be more than ${min - 1} characters`, at);
    }
  };
}

export function boolean(value: unknown, at: string, into: Inspection): void {
  if (typeof value !== 'boolean') {
    report(into, 'must provide a boolean', at);
  }
}

export function integer(min: number, max: number): Check {
  return (value, at, into) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      report(into, 'must provide an integer', at);
    } else if (value > max) {
      report(into, `must be less than ${max + 1}`, at);
    } else if (value < min) {
      report(into, `must be more than ${min - 1}`, at);
    }
  };
}

export function finiteNumber(value: unknown, at: string, into: Inspection): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    report(into, 'must provide a number', at);
  }
}

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, at, into) => {
    if (typeof value !== typeof allowed[0]) {
      report(into, `must provide a ${typeof allowed[0]}`, at);
    } else if (!allowed.includes(value as string)) {
      report(into, 'must be a valid enum value', at);
    }
  };
}

export function pattern(form: RegExp, problem: string): Check {
  return (value, at, into) => {
    if (typeof value !== 'string') {
      report(into, 'must provide a string', at);
    } else if (!form.test(value)) {
      report(into, problem, at);
    }
  };
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at, into) => {
    if (!Array.isArray(value)) {
      report(into, 'must provide an array', at);
      return;
    }
    if (value.length > max) {
      report(into, `no more than ${max} items allowed`, at);
    } else if (value.length < min) {
      report(into, `no less than ${min} items allowed`, at);
    }
    for (const [index, entry] of value.entries()) {
      item(entry, `${at}/${index}`, into);
    }
  };
}

export type Fields = Readonly<Record<string, Check>>;

/** An object with these members and no others. */
export function record(required: Fields, optional: Fields = {}, ...further: readonly Check[]): Check {
  return (value, at, into) => {
    if (!isJson(value)) {
      report(into, 'must provide an object', at);
      return;
    }
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined) {
        report(into, `missing required field: ${name}`, at);
      } else {
        check(value[name], `${at}/${name}`, into);
      }
    }
    for (const [name, member] of Object.entries(value)) {
      if (Object.hasOwn(optional, name)) {
        optional[name]?.(member, `${at}/${name}`, into);
      } else if (!Object.hasOwn(required, name)) {
        report(into, `invalid additional property: ${name}`, at);
      }
    }
    for (const check of further) {
      check(value, at, into);
    }
  };
}

/** Picks the check by the member `type`. */
export function byType(table: Fields): Check {
  return (value, at, into) => {
    if (!isJson(value)) {
      report(into, 'must provide an object', at);
      return;
    }
    const { type } = value;
    if (typeof type !== 'string') {
      report(into, type === undefined ? 'missing required field: type' : 'must provide a string', at);
      return;
    }
    const check = Object.hasOwn(table, type) ? table[type] : undefined;
    if (check === undefined) {
      report(into, `unsupported type: ${type}`, `${at}/type`);
    } else {
      check(value, at, into);
    }
  };
}

/** Looks at an object that a {@link record} has already found to be one. */
export function rule(look: (value: Json, report: (problem: string, below?: string) => void) => void): Check {
  return (value, at, into) => look(value as Json, (problem, below = '') => report(into, problem, at + below));
}

/** Fills `type` in for {@link record}, where {@link byType} has read it. */
export function accept(): void {}
