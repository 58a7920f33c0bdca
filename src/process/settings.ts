/** The settings as they are now: read again when their file changes, without a restart. */
import type { Config } from '../config/load.ts';
import { watchSettings } from '../config/watch.ts';
import type { Event } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { directoryOf } from './directory.ts';
import type { Logs } from './log.ts';

export interface LiveSettings {
  current(): Directory;
  /** Each change is told as an event, so that it stands in the audit with its difference. */
  onChange(tell: (event: Event) => void): void;
  stop(): void;
}

export function followSettings(config: Config, logs: Logs): LiveSettings {
  let directory = directoryOf(config.settings);
  let tell: (event: Event) => void = () => undefined;
  const stop = watchSettings({
    file: config.settingsFile,
    settings: config.settings,
    onChange(settings, changes) {
      directory = directoryOf(settings);
      logs.info('The settings have changed', { changes });
      tell({ type: 'settings-changed', changes });
    },
    onProblems(problems) {
      logs.error('The changed settings have problems; the old ones stay in force', { problems });
    },
  });
  return {
    current: () => directory,
    onChange(listener) {
      tell = listener;
    },
    stop,
  };
}
