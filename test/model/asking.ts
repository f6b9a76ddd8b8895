import { z } from 'zod'
import { type Layer, type LayerOptions, openLayer } from './layer.ts'
import { type Asked, type Reply, scriptedProvider } from './provider.ts'

export const scene = z.object({ place: z.string(), people: z.array(z.string()) })
export const fallback = { place: 'nowhere', people: [] }
export const answer = { place: 'the mill', people: ['Ada'] }
export const json = JSON.stringify(answer)

/** Asks where a scene is and who is in it. */
export const request = (signal = new AbortController().signal) => ({
  messages: [
    { role: 'system' as const, content: 'You keep the records of a story.' },
    { role: 'user' as const, content: 'Ada: *opens the door of the mill*' },
  ],
  schema: scene,
  name: 'scene',
  fallback,
  maxTokens: 400,
  temperature: 0,
  signal,
})

export type Replying = Layer & { readonly asked: readonly Asked[]; close(): Promise<void> }

/** A layer over one connection that gives one reply after the other, and what it was asked. */
export const openReplying = async (
  replies: readonly Reply[],
  { key, ...options }: LayerOptions & { readonly key?: string } = {},
): Promise<Replying> => {
  const { asked, close, baseURL } = await scriptedProvider(...replies)
  const layer = await openLayer({ home: { baseURL, ...(key === undefined ? {} : { key }) } }, options)
  return { ...layer, asked, close }
}
