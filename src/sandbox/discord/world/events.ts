import type { APIInteraction, APIModalInteractionResponseCallbackData, APIRole } from 'discord-api-types/v10'
import type { Choice } from '../forms/choices.ts'
import type { Channel, Interaction, StoredMessage, TextChannel, Thread } from './entities.ts'

/** What happened in the world. The gateway and the people each make of it what they may see. */
export type WorldEvent =
  | { readonly name: 'message_created'; readonly stored: StoredMessage }
  | { readonly name: 'message_edited'; readonly stored: StoredMessage; readonly before: StoredMessage }
  | {
      readonly name: 'messages_deleted'
      readonly channel: Channel
      readonly ids: readonly string[]
      /** Deleted together, by one request for many. */
      readonly bulk: boolean
      readonly ephemeralTo: string | undefined
    }
  | {
      readonly name: 'reaction_added' | 'reaction_removed'
      readonly stored: StoredMessage
      readonly user: string
      readonly emoji: string
    }
  | { readonly name: 'channel_updated' | 'channel_deleted'; readonly channel: TextChannel }
  | { readonly name: 'thread_created' | 'thread_updated' | 'thread_deleted'; readonly thread: Thread }
  | { readonly name: 'thread_joined'; readonly thread: Thread; readonly user: string }
  | { readonly name: 'role_updated'; readonly role: APIRole }
  | { readonly name: 'typing_started'; readonly channel: Channel; readonly user: string; readonly at: number }
  | { readonly name: 'interaction_created'; readonly payload: APIInteraction }
  | { readonly name: 'interaction_thinking'; readonly interaction: Interaction; readonly ephemeral: boolean }
  | { readonly name: 'interaction_failed'; readonly interaction: Interaction }
  | {
      readonly name: 'modal_opened'
      readonly interaction: Interaction
      readonly modal: APIModalInteractionResponseCallbackData
    }
  /** What may be chosen for the option that someone types into. */
  | {
      readonly name: 'choices_offered'
      readonly interaction: Interaction
      readonly choices: readonly Choice[]
    }
  | { readonly name: 'commands_changed' }
  | { readonly name: 'bot_presence'; readonly online: boolean }

export type EventListener = (event: WorldEvent) => void

/** Calls listeners in the order of their coming, one event at a time, also when a listener causes the next one. */
export const createEvents = () => {
  const listeners = new Set<EventListener>()
  const waiting: WorldEvent[] = []
  let telling = false
  return {
    emit: (event: WorldEvent): void => {
      waiting.push(event)
      if (telling) return
      telling = true
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          for (const listener of [...listeners]) listener(next)
        }
      } finally {
        telling = false
      }
    },
    on: (listener: EventListener): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
