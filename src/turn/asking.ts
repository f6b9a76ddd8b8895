import type { ChatMessage } from '../prompt/message.ts'
import type { Head } from '../story/head.ts'
import type { RoleName } from '../story/settings.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import type { AskRequest, Structured } from './ports/models.ts'

/** Asks in one role, one thing after the other. */
export type Asking = {
  /** What the role is to do. */
  readonly instructions: string
  /** In tokens, as its model counts them. */
  count(text: string): number
  /**
   * Undefined once nothing more is asked: when it is no longer wanted, and from a request on that is undefined, because
   * words are gone which it would have held.
   */
  ask<T>(request: Omit<AskRequest<T>, 'signal'> | undefined): Promise<Structured<T> | undefined>
  hasStopped(): boolean
}

/** All that is sent is kept together, under the answer that a head has. */
export const askingIn = (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  role: Exclude<RoleName, 'writer'>,
  signal: AbortSignal,
): Asking => {
  const caller = context.callerOf(role, head)
  const template = context.prompt(role, head)
  const { count } = deps.models.readerOf(caller)
  const stop = new AbortController()
  const stopped = AbortSignal.any([signal, stop.signal])
  const sent: ChatMessage[] = []
  return {
    instructions: template.text,
    count: (text) => count(text),
    ask: async (request) => {
      if (!request) stop.abort()
      if (!request || stopped.aborted) return undefined
      const { messages } = request
      sent.push(...(sent.length === 0 ? messages : messages.filter((message) => message.role !== 'system')))
      await keepMessages(deps, head, role, template.version, sent, count)
      return deps.models.ask(caller, { ...request, signal: stopped })
    },
    hasStopped: () => stopped.aborted,
  }
}
