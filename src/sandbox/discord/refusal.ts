/** What Discord says when it refuses: JSON code → HTTP status and message, word for word. */
const REFUSALS = {
  0: [401, '401: Unauthorized'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30015: [400, 'Maximum number of attachments in a message reached (10)'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50034: [400, 'You can only bulk delete messages that are under 14 days old.'],
  50035: [400, 'Invalid Form Body'],
  50041: [400, 'Invalid API version provided.'],
  50083: [403, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'This thread is locked'],
  160006: [400, 'Maximum number of active threads reached'],
} as const satisfies Record<number, readonly [status: number, message: string]>

export type RefusalCode = keyof typeof REFUSALS

/** One flaw of a form, at the place that Discord's `errors` tree gives it. */
export type Flaw = {
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly message: string
}

/** An answer other than success, as Discord words it. Thrown by the acts, written by the REST face. */
export class Refusal extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
    super(String(body.message))
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.headers = headers
  }

  get code(): number {
    return typeof this.body.code === 'number' ? this.body.code : 0
  }
}

export const refuse = (code: RefusalCode): Refusal => {
  const [status, message] = REFUSALS[code]
  return new Refusal(status, { message, code })
}

type Tree = { [key: string]: Tree | { code: string; message: string }[] }

const treeOf = (flaws: readonly Flaw[]): Tree => {
  const root: Tree = {}
  for (const { path, code, message } of flaws) {
    let node = root
    for (const key of path) {
      const next = node[key] ?? {}
      node[key] = next
      if (!Array.isArray(next)) node = next
    }
    const list = Array.isArray(node._errors) ? node._errors : []
    node._errors = [...list, { code, message }]
  }
  return root
}

/** 50035 with the nested `errors` tree that names each flawed field. */
export const refuseForm = (...flaws: readonly Flaw[]): Refusal =>
  new Refusal(400, { message: 'Invalid Form Body', code: 50035, errors: treeOf(flaws) })

/** What the loopback Discord has not built. It says so rather than pretend. */
export const notBuilt = (what: string): Refusal =>
  new Refusal(501, { message: `The loopback Discord does not do this yet: ${what}.`, code: 0 })
