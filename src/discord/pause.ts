import type { Message } from 'discord.js'
import type { PlayerId } from '../story/ref.ts'
import { isPaused } from '../turn/paused.ts'
import type { Face } from './command.ts'
import { subtext } from './render.ts'

/** Holds stories where they are. A pause is a setting: it outlasts the program, and holds on all branches. */
export type Pauses = {
  /** Ends what is being written and keeps it; from then on nothing is told. False where the story is paused already. */
  begin(story: string, by: PlayerId): Promise<boolean>
  /** False where the story is not paused. */
  end(story: string, by: PlayerId): Promise<boolean>
  /** Whether nobody was told yet, since the pause or the last start, that what they write is not taken in. */
  isNews(story: string): boolean
}

export const createPauses = ({ settings, engine }: Pick<Face, 'settings' | 'engine'>): Pauses => {
  const told = new Set<string>()
  return {
    begin: async (story, by) => {
      if (await isPaused(settings, story)) return false
      await settings.changeStory(story, { pausedBy: by }, by)
      engine.halt(story)
      told.delete(story)
      return true
    },
    end: async (story, by) => {
      if (!(await isPaused(settings, story))) return false
      await settings.changeStory(story, { pausedBy: null }, by)
      return true
    },
    isNews: (story) => {
      const isNews = !told.has(story)
      told.add(story)
      return isNews
    },
  }
}

/** What is written while a story is paused is not taken in, later neither. That is said once. */
export const passOverPaused = async (
  message: Message<true>,
  story: string,
  { threads, pauses, texts }: Face,
): Promise<void> => {
  await threads.passOver(message.channelId, message.id)
  if (pauses.isNews(story)) await message.reply(subtext(texts.pause.notTakenIn)).catch(() => {})
}
