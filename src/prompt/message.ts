/** One message of a prompt, as chat models take them. */
export type ChatMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }
