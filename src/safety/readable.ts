import type { EntityId } from '../story/ref.ts'

/** Who may read a part of what a model was told, beside those in charge. */
type Audience = 'everyone' | 'nobody' | readonly EntityId[]

/** Whoever looks into what a model was told. `persona`: whom they play in the story, if anyone. */
export type Reader = { readonly isInCharge: boolean; readonly persona: EntityId | undefined }

/** What may be known of a part by those who may not read it. */
type Outline = {
  readonly section: string
  readonly tier: string
  readonly tokens: number
  readonly isKept: boolean
  readonly audience: Audience
}

/** What a reader learns of a part: all of it, or that it is there and for whom. */
export type Readable<Part extends Outline> =
  | { readonly isHidden: false; readonly part: Part }
  | { readonly isHidden: true; readonly part: Pick<Part, keyof Outline> }

/** Whether someone may know what stands in a part: through whom they play, or because they lead the story. */
export const mayRead = ({ isInCharge, persona }: Reader, audience: Audience): boolean => {
  if (isInCharge || audience === 'everyone') return true
  return audience !== 'nobody' && persona !== undefined && audience.includes(persona)
}

// How a part came in tells of its words, and its turn that something was said there: neither is given along.
const outlineOf = <Part extends Outline>(part: Part): Pick<Part, keyof Outline> => {
  const { section, tier, tokens, isKept, audience } = part
  return { section, tier, tokens, isKept, audience }
}

// A plus in their version tells that the instructions are somebody's own: their wording is for those who run the server.
const asKept = <Part extends Outline>(part: Part, template: string): Part =>
  part.section === 'rules' && template.includes('+') ? { ...part, audience: 'nobody' } : part

/** The parts of a prompt as a reader may know them. `template`: the version of its instructions. */
export const readableParts = <Part extends Outline>(
  reader: Reader,
  { template, parts }: { readonly template: string; readonly parts: readonly Part[] },
): Readable<Part>[] =>
  parts
    .map((part) => asKept(part, template))
    .map((part) =>
      mayRead(reader, part.audience) ? { isHidden: false, part } : { isHidden: true, part: outlineOf(part) },
    )
