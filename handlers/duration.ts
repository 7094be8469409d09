/** Nobody is out longer in one go: such a figure is a slip of the finger. */
const LONGEST_MINUTES = 24 * 60

/** How long something took, as far as it can be true; `doubt` is what to say where it cannot. */
export interface Duration {
  minutes?: number
  doubt: string
}

/** Whole minutes as a message tells them; an impossible figure is not kept and the rest of the message is. */
export function judgeMinutes(minutes: number | undefined): Duration {
  if (minutes === undefined || minutes <= LONGEST_MINUTES) return { minutes, doubt: '' }
  return { doubt: `${minutes}分钟超过一整天，时长没有记，回“改成30分钟”补上。` }
}
