import type { ServerSettings, StorySettings } from '../../story/settings.ts'

/** A story's settings with those of its server. */
export type SettingsOf = {
  readonly guild: string
  readonly server: ServerSettings
  readonly story: StorySettings
}

/** What was decided for servers and stories. It stands outside of stories' timelines: no rewind takes it back. */
export type SettingsStore = {
  /** Undefined where there is no such story. */
  of(story: string): Promise<SettingsOf | undefined>
  ofServer(guild: string): Promise<ServerSettings>
  /** What a patch leaves out stays as it is. Gives what is in force then. */
  changeServer(guild: string, patch: Partial<ServerSettings>, actor: string): Promise<ServerSettings>
  changeStory(story: string, patch: Partial<StorySettings>, actor: string): Promise<StorySettings>
}
