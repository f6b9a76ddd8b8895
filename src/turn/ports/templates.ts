import type { Override, TemplateName } from '../../prompt/template.ts'

export type { Override, TemplateName }

/** A wording that a server had or has. `body` null: the built-in one. `at`: milliseconds since the epoch. */
export type TemplateVersion = {
  readonly version: number
  readonly body: string | null
  readonly actor: string
  readonly at: number
}

/** Servers' own prompts. Each wording is kept under a version, which only grows; no rewind touches them. */
export type TemplateStore = {
  /** Those in force, without the built-in ones. */
  of(guild: string): Promise<Partial<Record<TemplateName, Override>>>
  /** Puts a wording in force; null: the built-in one. Gives its version. */
  set(guild: string, name: TemplateName, body: string | null, actor: string): Promise<number>
  /** The newest first. */
  history(guild: string, name: TemplateName): Promise<TemplateVersion[]>
}
