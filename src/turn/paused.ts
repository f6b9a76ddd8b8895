import type { SettingsStore } from './ports/settings.ts'

/** Whether someone has paused a story: then nothing is told in it, on none of its branches. */
export const isPaused = async (settings: Pick<SettingsStore, 'of'>, story: string): Promise<boolean> =>
  ((await settings.of(story))?.story.pausedBy ?? null) !== null
