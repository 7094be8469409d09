import type { Meeting } from '../../storage/meetings.ts'
import type { Card } from '../../storage/outbox.ts'
import type { Desk } from '../desk.ts'
import { nameMeeting } from './words.ts'

/** 能来 or 来不了, by one press; the buttons stand for everybody who reads them. */
export function replyCard(desk: Pick<Desk, 'pack'>, meeting: Meeting): Card {
  return {
    title: nameMeeting(desk, meeting),
    buttons: [
      { key: 'coming', text: '能来', says: `参加${meeting.no}号会` },
      { key: 'away', text: '来不了', says: `来不了${meeting.no}号会` },
    ],
    ends: 'never',
  }
}
