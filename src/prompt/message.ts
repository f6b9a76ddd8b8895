/** One message of a prompt, as chat models take them. `cache`: up to here the prompt stays the same from call to call. */
export type ChatMessage = {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  readonly cache?: boolean
}
