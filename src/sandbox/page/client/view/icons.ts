import { html, svg, type TemplateResult } from 'lit'
import type { SeenChannel } from '../../../people/protocol.ts'
import { isDirect, isThread } from '../channels.ts'

const icon = (shapes: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes}</svg>`

export const hashIcon = () => icon(svg`<path d="M10 4 8 20M16 4l-2 16M5 9h15M4 15h15"/>`)
export const threadIcon = () =>
  icon(svg`<path d="M5 12V7a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-5l-4 4v-4H7"/>`)
const atIcon = () =>
  icon(
    svg`<circle cx="12" cy="12" r="3.500"/><path d="M15.500 8.500V13a2.500 2.500 0 0 0 5 0v-1a8.500 8.500 0 1 0-3.500 6.900"/>`,
  )
export const menuIcon = () => icon(svg`<path d="M4 6h16M4 12h16M4 18h16"/>`)
export const closeIcon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`)
export const sendIcon = () => icon(svg`<path d="M4 12 3.500 4.500 21 12 3.500 19.500 4 12Zm0 0h8"/>`)
export const replyIcon = () => icon(svg`<path d="m9 7-5 5 5 5M4 12h10a6 6 0 0 1 6 6v1"/>`)
export const editIcon = () => icon(svg`<path d="m5 19 1-4L16.500 4.500l3 3L9 18l-4 1ZM14.500 6.500l3 3"/>`)
export const deleteIcon = () =>
  icon(svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l1 12.500h8L17 7M10.500 11v5M13.500 11v5"/>`)
export const copyIcon = () => icon(svg`<path d="M9 9h10v11H9zM15 9V4H5v11h4"/>`)
export const sunIcon = () =>
  icon(
    svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.500v2.500M12 19v2.500M2.500 12H5M19 12h2.500M5.300 5.300 7 7M17 17l1.700 1.700M18.700 5.300 17 7M7 17l-1.700 1.700"/>`,
  )
export const moonIcon = () =>
  icon(svg`<path d="M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500Z"/>`)
export const switchIcon = () => icon(svg`<path d="m8 10 4-4 4 4M8 14l4 4 4-4"/>`)
export const downIcon = () => icon(svg`<path d="M12 5v14m-6-6 6 6 6-6"/>`)
export const checkIcon = () => icon(svg`<path d="m5 12.500 4.500 4.500L19 7.500"/>`)
export const moreIcon = () =>
  icon(svg`<path d="M5.500 12h.01M12 12h.01M18.500 12h.01" stroke-width="3.500"/>`)
export const appsIcon = () =>
  icon(
    svg`<path d="M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM16.500 13.500v6M13.500 16.500h6"/>`,
  )
export const forwardIcon = () => icon(svg`<path d="m9 5 7 7-7 7"/>`)
export const foldIcon = () => icon(svg`<path d="m6 9.500 6 6 6-6"/>`)
export const backIcon = () => icon(svg`<path d="m15 5-7 7 7 7"/>`)
export const fileIcon = () =>
  icon(svg`<path d="M6 3.500h8l4.500 4.500v12.500H6zM14 3.500V8h4.500M9 12.500h6M9 16h6"/>`)
export const downloadIcon = () => icon(svg`<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>`)
export const uploadIcon = () => icon(svg`<path d="M12 16V5m-5 5 5-5 5 5M5 20h14"/>`)

/** What kind of channel it is. */
export const channelIcon = (channel: SeenChannel): TemplateResult => {
  if (isDirect(channel)) return atIcon()
  return isThread(channel) ? threadIcon() : hashIcon()
}
