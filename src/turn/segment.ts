import { needsSegmenter, segmenterRequest, segmentsFrom } from '../roles/segmenter.ts'
import type { Head } from '../story/head.ts'
import type { PlayerId, StoryRef } from '../story/ref.ts'
import { type OocMarks, type SaidSegment, segmentAll } from '../story/segment.ts'
import { contextFor, type TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import type { WriteRequest } from './ports.ts'

type Said = { readonly id: string; readonly text: string }

/** What a segmenter was sent, and which version of its prompt was in force. */
export type AskedSegmenter = Pick<WriteRequest, 'messages'> & { readonly template: string }

/**
 * Splits messages by their marks. Where a server wants it, a model says what is what in one that has none; when it
 * gives nothing that can be used, it stays prose. `onAsk` is told what the model is sent: it can be kept once the turn is
 * there in which the message is said.
 */
export const segmentsOf = async (
  deps: TurnDeps,
  head: Head,
  messages: readonly Said[],
  marks: OocMarks,
  player: PlayerId,
  signal: AbortSignal,
  onAsk: (asked: AskedSegmenter) => void = () => {},
): Promise<SaidSegment[]> => {
  const segments = segmentAll(messages, marks)
  const [message] = messages
  if (!message || messages.length > 1 || !needsSegmenter(segments)) return segments
  const context = await contextFor(deps, head)
  if (!context.settings.server.segments) return segments
  const { text, version } = context.prompt('segmenter', head)
  const request = segmenterRequest(message.text, text, context.boundaries)
  onAsk({ messages: request.messages, template: version })
  const asked = await deps.models.ask(
    // Their turn is not there yet.
    { ...context.callerOf('segmenter', head), player, turn: null },
    { ...request, signal },
  )
  const split = asked.source === 'default' ? undefined : segmentsFrom(asked.value, message.text)
  return split?.map((segment) => ({ ...segment, source: message.id })) ?? segments
}

/**
 * Keeps what a segmenter was sent with the turn that has come of it. Never fails: the message is taken in by then, and
 * is to be answered.
 */
export const keepSegmenter = async (
  deps: TurnDeps,
  ref: StoryRef,
  { template, messages }: AskedSegmenter,
): Promise<void> => {
  try {
    const head = await deps.store.load(ref)
    if (head) await keepMessages(deps, head, 'segmenter', template, messages)
  } catch (error) {
    deps.log.warn({ err: error, ...ref }, 'what a segmenter was sent could not be kept')
  }
}
