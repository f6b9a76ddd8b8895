/** Discord's limit for a form's title. */
export const TITLE_LIMIT = 45

/** Discord's limit for each of the words of a menu's option. */
export const OPTION_LIMIT = 100
