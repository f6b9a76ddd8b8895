/** An error with a stable code, for logs and for callers that branch on it. Its message is for programmers. */
export class SkeinError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = new.target.name
    this.code = code
    this.details = details
  }
}

/** The only kind of error whose message a person may see: we wrote it, and it says what to do next. */
export class UserFacingError extends SkeinError {}

/** Closes an exhaustive switch: the compiler refuses it while a case is missing. */
export const unreachable = (value: never): never => {
  throw new SkeinError('unreachable', `unexpected value ${JSON.stringify(value)}`)
}
