import { z } from 'zod'
import { count, ruled, text } from './form.ts'

/** What the documents enumerate. */
export const listKeys = [
  'gridBasics',
  'populationKinds',
  'employmentKinds',
  'liaisonKinds',
  'workLines',
  'workPlaces',
  'minutesParts',
  'metrics',
  'dataQuality',
  'appraisalSources',
  'caseClasses',
  'workerRoles',
  'archives',
  'publicity',
  'gridKinds',
  'partyModes',
  'infoTypes',
  'duties',
  'mechanisms',
  'phases',
  'bans',
  'promises',
  'layers',
  'visitTopics',
  'visitKinds',
  'checkWays',
  'residentQuestions',
  'knowledge',
  'states',
  'origins',
  'unitsOnCall',
  'infoCategories',
  'copies',
  'conditions',
  'servicePoints',
  'rights',
  'obligations',
  'publicNotice',
  'contactCard',
  'devices',
  'trainers',
  'advice',
] as const

export const lists = z.array(
  ruled(
    z.strictObject({
      key: z.enum(listKeys),
      title: text,
      names: z.array(text),
      /** How many the document says there are, where it names fewer. */
      stated: count.optional(),
    }),
  ),
)
