import { z } from 'zod'
import { refuse } from '../refusal.ts'
import { flaw, list, text } from './form.ts'

/** A file that came with a request, in the part `files[slot]`. */
export type Upload = { readonly slot: string; readonly name: string; readonly bytes: Buffer }

export const MAX_FILES = 10
/** Of each file, for a guild without boosts. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

// A small number is the slot of a file in this request, a snowflake an attachment that is there already.
const reference = z
  .union([z.string(), z.int().transform(String)])
  .refine((value) => /^(0|[1-9]\d{0,19})$/.test(value), flaw('NUMBER_TYPE_COERCE', 'Value is not snowflake.'))

export const Attachments = list(
  z.object({
    id: reference,
    filename: text(1, 1024).nullish(),
    description: text(0, 1024).nullish(),
  }),
  0,
  MAX_FILES,
)
export type Attachments = z.output<typeof Attachments>

/** 30015 for more than 10 files, 40005 for one over 10 MiB. */
export const checkUploads = (files: readonly Upload[]): void => {
  if (files.length > MAX_FILES) throw refuse(30015)
  if (files.some(({ bytes }) => bytes.length > MAX_FILE_BYTES)) throw refuse(40005)
}
