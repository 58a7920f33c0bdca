/** The settings as they are now: read again when their file changes, without a restart. */
import type { Config } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { watchSettings } from '../config/watch.ts';
import type { Event } from '../flows/event.ts';
import type { Directory } from '../flows/flow.ts';
import { platformsOf } from './channels.ts';
import { directoryOf } from './directory.ts';
import type { Logs } from './log.ts';

/** Stores one change under an id of its own; safe to repeat. */
type Tell = (id: string, event: Event) => Promise<unknown>;

export interface LiveSettings {
  current(): Directory;
  /** As the file says it, with what only a channel needs, such as who somebody is in Teams. */
  file(): Settings;
  /** Each change is told as an event, so that it stands in the audit with its difference. */
  onChange(tell: Tell): void;
  stop(): void;
}

const tellAgainMs = 5000;

export function followSettings(config: Config, newId: () => string, logs: Logs): LiveSettings {
  const platforms = platformsOf(config);
  let file = config.settings;
  let directory = directoryOf(file, platforms);
  let tell: Tell | null = null;
  const waiting = new Set<NodeJS.Timeout>();

  /** The database may be away just now; a change that is in force must not miss in the audit. */
  async function store(id: string, event: Event): Promise<void> {
    try {
      if (tell === null) {
        throw new Error('The inbox is not open yet.');
      }
      await tell(id, event);
    } catch (error) {
      logs.error('A change of the settings is not in the audit yet; it is told again', { reason: String(error) });
      const timer = setTimeout(() => {
        waiting.delete(timer);
        void store(id, event);
      }, tellAgainMs);
      waiting.add(timer.unref());
    }
  }

  const stop = watchSettings({
    file: config.settingsFile,
    settings: config.settings,
    onChange(settings, changes) {
      file = settings;
      directory = directoryOf(settings, platforms);
      logs.info('The settings have changed', { changes });
      void store(`settings/${newId()}`, { type: 'settings-changed', changes });
    },
    onProblems(problems) {
      logs.error('The changed settings have problems; the old ones stay in force', { problems });
    },
  });
  return {
    current: () => directory,
    file: () => file,
    onChange(listener) {
      tell = listener;
    },
    stop() {
      stop();
      for (const timer of waiting) {
        clearTimeout(timer);
      }
    },
  };
}
