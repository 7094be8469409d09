import type { IncidentCategory, InfoTopic, Intent } from '../../handlers/slots.ts'

/** The classes of the three models, in the order of their weights. */
export const INTENTS: readonly Intent[] = [
  'none',
  'checkIn',
  'visit',
  'patrol',
  'reportIncident',
  'submitInfo',
  'acknowledge',
  'reportProgress',
  'draftNotice',
  'decide',
  'scheduleMeeting',
  'meetingCheckIn',
  'meetingMinutes',
  'requestLeave',
  'updateIncident',
  'inspect',
  'draw',
  'query',
  'undo',
  'bindGroup',
  'help',
]

export const CATEGORIES: readonly IncidentCategory[] = [
  'fire',
  'safety',
  'disaster',
  'massEvent',
  'security',
  'dispute',
  'petition',
  'environment',
  'facility',
  'population',
  'livelihood',
  'other',
]

export const TOPICS: readonly InfoTopic[] = [
  'population',
  'housing',
  'enterprise',
  'party',
  'keyPerson',
  'publicOpinion',
  'policy',
  'other',
]
