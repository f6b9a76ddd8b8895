import type { StoryBundle } from '../formats/bundle.ts'
import type { NewId } from '../kit/ids.ts'
import { ROOT_BRANCH } from '../story/ref.ts'
import type { StoryAdmin } from '../turn/ports/stories.ts'
import { exportStory, importStory } from './bundle.ts'
import { decode, encode } from './bundle-codec.ts'
import type { Db } from './database.ts'

/** Marks a story as archived, or, with null, as told again. Its threads stay its own. */
export const archiveStory = async (db: Db, story: string, archived_at: number | null): Promise<void> => {
  await db.updateTable('stories').set({ archived_at }).where('id', '=', story).execute()
}

const isArchived = async (db: Db, story: string): Promise<boolean> => {
  const found = await db
    .selectFrom('stories')
    .select('id')
    .where('id', '=', story)
    .where('archived_at', 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Hides a story and frees its threads. All of it stays. */
export const deleteStory = (db: Db, story: string, deleted_at: number): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await trx.updateTable('stories').set({ deleted_at }).where('id', '=', story).execute()
    await trx.deleteFrom('threads').where('story', '=', story).execute()
  })

/** Brings a deleted story back. It is told in no thread until it is given one. */
export const restoreStory = async (db: Db, story: string): Promise<void> => {
  await db.updateTable('stories').set({ deleted_at: null }).where('id', '=', story).execute()
}

const titleOf = ({ events, texts }: StoryBundle): string | undefined => {
  const started = events.find((event) => event.type === 'story.started')
  return texts.find(({ id }) => id === started?.data.title)?.body
}

/** `now`: milliseconds since the epoch. */
export const storyAdmin = (db: Db, now: () => number, newId: NewId): StoryAdmin => ({
  exportStory: async (story) => {
    const bundle = await exportStory(db, story)
    return bundle && encode(bundle)
  },
  importStory: async (bytes, guild) => {
    const bundle = await decode(bytes)
    const ref = { story: newId(), branch: ROOT_BRANCH }
    await importStory(db, bundle, { story: ref.story, guild, at: now() })
    return {
      ref,
      title: titleOf(bundle),
      turns: bundle.branches.find(({ id }) => id === ROOT_BRANCH)?.head.turn ?? 0,
      branches: bundle.branches.filter(({ deletedAt }) => deletedAt === null).length,
    }
  },
  archive: (story) => archiveStory(db, story, now()),
  unarchive: (story) => archiveStory(db, story, null),
  isArchived: (story) => isArchived(db, story),
  remove: (story) => deleteStory(db, story, now()),
  restore: (story) => restoreStory(db, story),
})
